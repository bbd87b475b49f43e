using System.Text.Json.Nodes;
using Rollouts.Core.Blueprints;
using Rollouts.Core.Tests.Building;
using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Core.Tests.Blueprints;

/// <summary>The third law: what no blueprint writes, whatever was seen.</summary>
internal static class SafeWrites
{
    public static void Check(Observation seen, CanaryStatus status, Change.Shape change, JsonObject? live)
    {
        if (change.From(live) is not { } wanted)
            return;
        switch (change.Id.Kind)
        {
            case ObjectKind.VirtualService when status.Phase != Phase.Terminating:
                CheckRoute(seen, status, wanted);
                break;
            case ObjectKind.Deployment when change.Id.Name == "podinfo-primary":
                CheckPrimary(seen, status, wanted);
                break;
            case ObjectKind.Deployment when wanted["spec"]!["replicas"]!.GetValue<int>() == 0:
                (seen.Route.Split, seen.ApexOnPrimary).Should().Be((Split.AllPrimary, true), "only what takes no traffic is scaled to zero");
                break;
            default:
                break;
        }
    }

    private static void CheckRoute(Observation seen, CanaryStatus status, JsonObject route)
    {
        foreach (var rule in route["spec"]!["http"]!.AsArray().Where(rule => rule!["route"] is JsonArray))
        {
            var shares = rule!["route"]!.AsArray().Select(Share).ToList();
            shares.Sum(share => share.Weight).Should().Be(100);
            foreach (var (host, weight) in shares)
            {
                weight.Should().BeInRange(0, 100);
                if (weight > 0 && host == "podinfo-primary")
                    seen.Primary!.ReadyEndpoints.Should().BePositive();
                if (weight > 0 && host == "podinfo-canary")
                    (seen.Target!.Workload.ReadyEndpoints > 0, seen.Target.Workload.Revision).Should().Be((true, status.Run!.Revision));
            }
        }
    }

    private static void CheckPrimary(Observation seen, CanaryStatus status, JsonObject primary)
    {
        var template = primary["spec"]!["template"]!;
        var revision = template["metadata"]!["annotations"]![Names.RevisionAnnotation]!.GetValue<string>();
        revision.Should().Be(status.Phase == Phase.Promoting ? status.Run!.Revision : status.StableRevision);
        var image = template["spec"]!["containers"]![0]!["image"]!.GetValue<string>();
        Versions.RevisionOf(image.Split(':')[1]).Should().Be(revision, "exactly the template of that revision runs");
        template["metadata"]!["labels"]!["app"]!.GetValue<string>().Should().Be("podinfo-primary");
        seen.Canary.Errors.Should().BeEmpty();
    }

    private static (string Host, int Weight) Share(JsonNode? share) =>
        (share!["destination"]!["host"]!.GetValue<string>(), share["weight"] is { } weight ? weight.GetValue<int>() : 100);
}
