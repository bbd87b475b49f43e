using System.Text.Json.Nodes;
using Rollouts.Core;
using Rollouts.Core.Gating;
using Rollouts.Core.Judging;
using Rollouts.Core.Routing;
using Rollouts.Core.Routing.Istio;
using Rollouts.Model;
using Rollouts.Model.Analysis;

namespace Rollouts.Simulation.Releasing;

/// <summary>
/// Users who send requests at an even rate, and what a Prometheus says of those that the candidate answered. Where a request goes is drawn
/// by the route's weights; sessions are not followed. What has no ready pod behind it fails.
/// </summary>
internal sealed class Users(ReleaseRequest release, Names names, bool matches) : ISurroundings
{
    /// <summary>Of every thousand requests the primary fails one.</summary>
    public const double UsualErrorRate = 0.001;

    // A log-normal of median 20 ms and 99th percentile 100 ms.
    private const double Median = 20;
    private static readonly double Deviation = Math.Log(5) / 2.326;

    private readonly Chance chance = new(release.Seed);
    private readonly List<(TimeSpan At, long Requests, long Failed, LatencyBuckets Latency)> seconds = [];
    private (JsonObject? Live, Traffic Traffic) route;
    private TimeSpan seen;
    private double due;

    public TimeSpan AnswersAfter => TimeSpan.Zero;

    /// <summary>Whether requests are counted.</summary>
    public bool Flow { get; set; }

    public long Requests { get; private set; }

    public long Failed { get; private set; }

    public void Pass(Cluster cluster, TimeSpan to)
    {
        if (!Flow)
            return;
        var traffic = Route(cluster);
        var (primary, candidate) = (cluster.Endpoints(names.PrimaryService) > 0, cluster.Endpoints(names.CandidateService) > 0);
        for (var at = cluster.Elapsed; at < to;)
        {
            var end = TimeSpan.FromSeconds(Math.Floor(at.TotalSeconds) + 1) is var whole && whole < to ? whole : to;
            Send(traffic, at, (end - at).TotalSeconds, primary, candidate);
            at = end;
        }
    }

    public Measurement? Measure(MetricSpec metric, Canary canary, DateTimeOffset now)
    {
        var lookback = Lookback.Of(metric, canary, now);
        var (requests, failed, latency) = (0L, 0L, new LatencyBuckets());
        for (var index = seconds.Count - 1; index >= 0 && seconds[index].At >= seen - lookback.Length; index--)
        {
            requests += seconds[index].Requests;
            failed += seconds[index].Failed;
            latency.Add(seconds[index].Latency);
        }
        double? value = requests == 0 ? null : metric.Name == MetricSpec.RequestSuccessRate ? 100.0 * (requests - failed) / requests : latency.Quantile(0.99);
        return new Measurement(metric.Name, value, requests, null, lookback);
    }

    public GateAnswer? Answer(GateCall call)
    {
        var yes = release.Gates.TryGetValue(call.Hook.Name, out var said) ? said : call.Hook.Kind != HookKind.Rollback;
        return new GateAnswer(call.Hook.Name, call.Key, yes, $"Webhook {call.Hook.Name} says {(yes ? "yes" : "no")}.");
    }

    private void Send(Traffic traffic, TimeSpan at, double length, bool primary, bool candidate)
    {
        seen = at + TimeSpan.FromSeconds(length);
        due += release.RequestsPerSecond * length;
        var share = traffic.Split.Candidate.Percent / 100.0 * (matches ? release.MatchShare : 1);
        var (requests, failed, latency) = (0L, 0L, new LatencyBuckets());
        for (; due >= 1; due--)
        {
            var isTried = chance.Share() < share;
            var isCopied = !isTried && chance.Share() * 100 < traffic.Mirrored.Percent;
            var isLost = isTried ? !candidate : !primary || chance.Share() < UsualErrorRate;
            if ((isTried || isCopied) && candidate)
            {
                var isBad = chance.Share() < release.CandidateErrorRate;
                requests++;
                failed += isBad ? 1 : 0;
                latency.Add(Median * release.CandidateLatency * Math.Exp(Deviation * chance.Normal()));
                isLost |= isTried && isBad;
            }
            Requests++;
            Failed += isLost ? 1 : 0;
        }
        if (requests > 0)
            seconds.Add((at, requests, failed, latency));
    }

    private Traffic Route(Cluster cluster)
    {
        var live = cluster.Find(ObjectKind.VirtualService, names.Apex);
        if (!ReferenceEquals(live, route.Live))
            route = (live, live is not null && IstioVirtualService.Read(live, names) is { } read ? read : Traffic.AllPrimary);
        return route.Traffic;
    }
}
