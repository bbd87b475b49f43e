using Prometheus;
using Rollouts.Model.Analysis;

namespace Rollouts.Controller.Gating;

/// <summary>What /metrics says of webhooks. Every series is there from the first scrape, so that rate() sees the first call too.</summary>
internal sealed class HookMetrics
{
    private readonly Counter calls;
    private readonly Histogram duration;

    public HookMetrics(CollectorRegistry registry)
    {
        var factory = Prometheus.Metrics.WithCustomRegistry(registry);
        calls = factory.CreateCounter("rollouts_hook_calls_total", "Calls of webhooks, by what came of them.", "type", "outcome");
        duration = factory.CreateHistogram(
            "rollouts_hook_duration_seconds",
            "Seconds until a webhook's call ended, with its retries.",
            ["type"],
            new HistogramConfiguration { Buckets = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300] });
        foreach (var kind in Enum.GetValues<HookKind>())
        {
            duration.WithLabels(HookWords.Of(kind));
            foreach (var outcome in Enum.GetValues<HookOutcome>())
                Calls(kind, outcome);
        }
    }

    public void Count(HookKind kind, HookOutcome outcome, TimeSpan length)
    {
        Calls(kind, outcome).Inc();
        duration.WithLabels(HookWords.Of(kind)).Observe(length.TotalSeconds);
    }

    private Counter.Child Calls(HookKind kind, HookOutcome outcome) => calls.WithLabels(HookWords.Of(kind), outcome.ToString());
}
