using System.Text.Json.Nodes;
using Rollouts.Core;
using Rollouts.Core.Routing;
using Rollouts.Model;
using Rollouts.Model.Status;
using static Rollouts.Simulation.Tests.Living.LawBroken;

namespace Rollouts.Simulation.Tests.Living;

/// <summary>The third law: what is never written, whatever was seen.</summary>
internal static class SafeWrites
{
    public static void Check(Observation seen, CanaryStatus status, ObjectId id, JsonObject? wanted)
    {
        if (wanted is null || status.Phase == Phase.Terminating)
            return;
        if (id.Kind == ObjectKind.VirtualService)
            CheckRoute(seen, status, wanted);
        var names = Names.Of(seen.Canary.Canary!);
        if (names.Kind == TargetKind.Service && id.Kind == ObjectKind.Service && id.Name == names.CandidateService)
            CheckCopy(seen, status, wanted);
        if (id == names.PrimaryId)
            CheckPrimary(names.Kind, status, wanted);
        else if (id == names.TargetId && names.Kind != TargetKind.Service && Versions.IsAtRest(names.Kind, wanted))
            Unless(seen.Route.IsAt(Traffic.AllPrimary) && seen.ApexOnPrimary, "only what takes no traffic is scaled to zero");
    }

    private static void CheckRoute(Observation seen, CanaryStatus status, JsonObject route)
    {
        foreach (var rule in route["spec"]!["http"]!.AsArray().Where(rule => rule!["route"] is JsonArray))
        {
            var shares = rule!["route"]!.AsArray();
            Unless(shares.Sum(Weight) == 100, $"weights sum to 100: {rule.ToJsonString()}");
            foreach (var share in shares)
            {
                Unless(Weight(share) is >= 0 and <= 100, "a weight is a share");
                if (Weight(share) > 0)
                    CheckReceiver(seen, status, share!["destination"]!["host"]!.GetValue<string>());
            }
            if (rule["mirror"]?["host"]?.GetValue<string>() is { } copied)
                CheckReceiver(seen, status, copied);
        }
    }

    private static void CheckReceiver(Observation seen, CanaryStatus status, string host)
    {
        if (host.StartsWith("podinfo-primary", StringComparison.Ordinal))
            Unless(seen.Primary is { ReadyEndpoints: > 0 }, "a primary without ready pods gets no traffic");
        else
            Unless(seen.Target is { Workload: { ReadyEndpoints: > 0 } candidate } && candidate.Revision == status.Run?.Revision, "only a ready candidate of this run gets traffic");
    }

    private static void CheckPrimary(TargetKind kind, CanaryStatus status, JsonObject primary)
    {
        var made = kind == TargetKind.Service ? primary : primary["spec"]!["template"]!;
        var revision = made["metadata"]!["annotations"]![Names.RevisionAnnotation]!.GetValue<string>();
        Unless(revision == (status.Phase == Phase.Promoting ? status.Run!.Revision : status.StableRevision), "the primary runs what was promoted");
        var version = kind == TargetKind.Service
            ? primary["spec"]!["selector"]!["version"]!.GetValue<string>()
            : made["spec"]!["containers"]![0]!["image"]!.GetValue<string>()["podinfo:".Length..];
        Unless(version == Versions.VersionOf(kind, revision), "exactly what was promoted runs");
        Unless(kind != TargetKind.DaemonSet || !Versions.IsAtRest(kind, primary), "the primary never rests");
    }

    // What the copy for the candidate selects is changed only while it gets no traffic.
    private static void CheckCopy(Observation seen, CanaryStatus status, JsonObject copy)
    {
        var stays = seen.Target is { Workload: { Wanted: > 0, UpToDate: true } workload } && workload.Revision == copy["metadata"]?["annotations"]?[Names.RevisionAnnotation]?.GetValue<string>();
        Unless(stays || status.Phase == Phase.Initializing || seen.Route.IsAt(Traffic.AllPrimary), "only a copy that gets no traffic is turned");
    }

    private static int Weight(JsonNode? share) => share!["weight"] is { } weight ? weight.GetValue<int>() : 100;
}
