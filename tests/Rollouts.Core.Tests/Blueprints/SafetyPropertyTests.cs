using System.Text.Json.Nodes;
using CsCheck;
using Rollouts.Core.Blueprints;
using Rollouts.Core.Routing;
using Rollouts.Core.Tests.Building;
using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Core.Tests.Blueprints;

/// <summary>The third law over observations that no rollout would ever make: whatever was seen, nothing that hurts is written.</summary>
public class SafetyPropertyTests
{
    private static readonly Gen<string> Version = Gen.OneOf("1", "2", "3");

    private static readonly Gen<WorkloadFacts> Workloads = Gen.Select(Version, Gen.Int[0, 3], Gen.Int[0, 3], Gen.Int[0, 2], Gen.Bool)
        .Select((version, wanted, available, endpoints, isUpToDate) => new WorkloadFacts
        {
            Revision = Versions.RevisionOf(version),
            Wanted = wanted,
            Updated = wanted,
            Total = wanted,
            Available = available,
            UpToDate = isUpToDate,
            ReadyEndpoints = endpoints,
        });

    private static readonly Gen<Scene> World = Gen.Select(
        Workloads, Gen.Int[0, 4], Workloads, Gen.Int[0, 4], Gen.Bool, Gen.Int[-1, 3], Version.Array[0, 3],
        (target, noTarget, primary, noPrimary, apexOnPrimary, route, kept) => new Scene
        {
            Target = noTarget == 0 ? null : new TargetFacts(target, Versions.Selector, Spec(target)),
            Primary = noPrimary == 0 ? null : primary,
            ApexOnPrimary = apexOnPrimary,
            Route = new RouteFacts(route >= 0, route < 0 ? null : new Traffic(new Split(new Weight(route * 20)), Weight.Zero), Scene.Noon),
            Snapshots = Scenes.Kept([.. kept.Distinct()]),
        });

    private static readonly Gen<CanaryStatus> Statuses = Gen.Select(
        Gen.Enum<Phase>(), Version, Version, Version, Gen.Int[0, 5], Gen.Bool, (phase, stable, applied, running, weight, isRetired) => Scenes.Failed().Status with
        {
            Phase = phase,
            StableRevision = Versions.RevisionOf(stable),
            LastAppliedSpec = Versions.RevisionOf(applied),
            Run = Scenes.Failed().Status.Run! with
            {
                Revision = Versions.RevisionOf(running),
                Split = new Split(new Weight(weight * 20)),
                RetiredAt = isRetired ? Scene.Noon : null,
            },
        });

    [Fact]
    public void No_observation_makes_a_blueprint_hurt() => Gen.Select(World, Statuses).Sample((world, status) =>
    {
        var scene = world with { Status = status, IsDeleted = status.Phase == Phase.Terminating };
        foreach (var change in Blueprint.For(scene.Seen(), status).OfType<Change.Shape>())
        {
            SafeWrites.Check(scene.Seen(), status, change, Live(change.Id, scene));
            SafeWrites.Check(scene.Seen(), status, change, null);
        }
    }, iter: 4_000);

    [Fact]
    public void No_observation_hands_traffic_back_to_a_target_that_cannot_take_it() => Gen.Select(World, Statuses).Sample((world, status) =>
    {
        var scene = world with { Status = status with { Phase = Phase.Terminating }, IsDeleted = true };
        var target = scene.Target?.Workload;
        var isReady = target is not null && target.Revision == status.StableRevision && target.IsReady(new Percentage(100));

        var writesRoute = Blueprint.For(scene.Seen(), scene.Status).OfType<Change.Shape>().Any(change => change.Id.Kind is ObjectKind.VirtualService or ObjectKind.Service);

        (writesRoute && !isReady).Should().BeFalse();
    }, iter: 2_000);

    [Fact]
    public void No_snapshot_that_is_in_use_is_removed() => Gen.Select(World, Statuses).Where((_, status) => status.Phase != Phase.Terminating).Sample((world, status) =>
    {
        var scene = world with { Status = status };
        string?[] used = [status.StableRevision, status.LastAppliedSpec, status.Run?.Revision, .. status.History.Select(run => run.Revision)];

        Blueprint.For(scene.Seen(), status).OfType<Change.Remove>().Select(change => change.Id.Name)
            .Should().NotIntersectWith(used.Select(revision => $"podinfo-{revision}"));
    }, iter: 2_000);

    private static JsonObject? Live(ObjectId id, Scene scene) => id.Kind switch
    {
        ObjectKind.Deployment => new JsonObject { ["spec"] = new JsonObject { ["replicas"] = 1 } },
        ObjectKind.VirtualService when scene.Route.Exists => JsonNode.Parse(
            """{"spec": {"http": [{"route": [{"destination": {"host": "podinfo"}}]}, {"match": [], "route": [{"destination": {"host": "files"}, "weight": 100}]}]}}""")!.AsObject(),
        _ => null,
    };

    private static JsonObject Spec(WorkloadFacts target) =>
        Versions.Spec(new[] { "1", "2", "3" }.Single(version => Versions.RevisionOf(version) == target.Revision), target.Wanted);
}
