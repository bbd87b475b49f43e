using System.Collections.Concurrent;
using Prometheus;
using Rollouts.Core;
using Rollouts.Kubernetes;
using Rollouts.Model.Status;

namespace Rollouts.Controller.Reporting;

/// <summary>
/// What /metrics says of each Canary. Series of a Canary that is gone are removed; those of one that is there are complete from the
/// first scrape, so that rate() and alerts on absence work.
/// </summary>
internal sealed class CanaryMetrics
{
    private readonly Gauge phase;
    private readonly Gauge weight;
    private readonly Gauge failedChecks;
    private readonly Gauge checkValue;
    private readonly Counter runs;
    private readonly ConcurrentDictionary<ResourceKey, CanaryStatus> shown = new();

    public CanaryMetrics(CollectorRegistry registry)
    {
        var factory = Prometheus.Metrics.WithCustomRegistry(registry);
        phase = factory.CreateGauge("rollouts_canary_phase", "1 for the phase that the Canary is in, 0 for the others.", "namespace", "name", "phase");
        weight = factory.CreateGauge("rollouts_canary_weight", "Percent of the traffic that is meant for the workload, 0 to 100.", "namespace", "name", "workload");
        failedChecks = factory.CreateGauge("rollouts_canary_failed_checks", "Failed checks of the present run.", "namespace", "name");
        checkValue = factory.CreateGauge("rollouts_canary_check_value", "The value last measured by the check: percent or milliseconds for built-in metrics.", "namespace", "name", "check");
        runs = factory.CreateCounter("rollouts_runs_total", "Runs that ended, by their outcome.", "namespace", "name", "outcome");
    }

    public void Show(Observation seen, CanaryStatus status)
    {
        var key = seen.Canary.Metadata.Key;
        var (ns, name) = (key.Namespace, key.Name);
        var before = shown.GetValueOrDefault(new(ns, name), seen.Status);
        foreach (var value in Enum.GetValues<Phase>())
            phase.WithLabels(ns, name, value.ToString()).Set(value == status.Phase ? 1 : 0);
        weight.WithLabels(ns, name, "candidate").Set(status.CanaryWeight.Percent);
        weight.WithLabels(ns, name, "primary").Set(status.CanaryWeight.Rest.Percent);
        failedChecks.WithLabels(ns, name).Set(status.FailedChecks);
        foreach (var verdict in status.Run?.Verdicts ?? [])
            checkValue.WithLabels(ns, name, verdict.Check).Set(verdict.Value ?? double.NaN);
        foreach (var outcome in Enum.GetValues<RunOutcome>())
            runs.WithLabels(ns, name, outcome.ToString()).Inc(Ended(before, status, outcome));
        shown[new(ns, name)] = status;
    }

    public void Forget(ResourceKey key)
    {
        shown.TryRemove(key, out _);
        foreach (var family in new Collector[] { phase, weight, failedChecks, checkValue, runs })
            Remove(family, key);
    }

    private static int Ended(CanaryStatus before, CanaryStatus now, RunOutcome outcome) =>
        now.History.Count(run => run.Outcome == outcome && before.History.All(known => known.Run != run.Run));

    private static void Remove(Collector family, ResourceKey key)
    {
        switch (family)
        {
            case Gauge gauge:
                foreach (var labels in Of(gauge.GetAllLabelValues(), key))
                    gauge.RemoveLabelled(labels);
                break;
            case Counter counter:
                foreach (var labels in Of(counter.GetAllLabelValues(), key))
                    counter.RemoveLabelled(labels);
                break;
        }
    }

    private static List<string[]> Of(IEnumerable<string[]> all, ResourceKey key) =>
        [.. all.Where(labels => labels[0] == key.Namespace && labels[1] == key.Name)];
}
