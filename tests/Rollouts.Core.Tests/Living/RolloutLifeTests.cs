using CsCheck;
using Rollouts.Core.Blueprints;
using Rollouts.Core.Controls;
using Rollouts.Core.Deciding;
using Rollouts.Core.Tests.Building;
using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Core.Tests.Living;

/// <summary>Random lives of a Canary in virtual time: pushes, failing checks, people, crashes, lost writes, drift.</summary>
public class RolloutLifeTests
{
    private const string Check = """[{"name": "request-success-rate", "thresholdRange": {"min": 99}}]""";

    private static readonly Gen<Event> Events = Gen.Frequency(
        (8, Gen.Int[1, 25].Select(seconds => new Event($"pass {seconds}s", world => world.Pass(seconds)))),
        (3, Gen.OneOf("1", "2", "3", World.Bad).Select(version => new Event($"push {version}", world => world.Push(version)))),
        (3, Gen.OneOf("good", "bad", "none", "error", "under way").Select(answer => new Event($"checks are {answer}", world => world.Answer = Answer(answer)))),
        (2, Gen.Select(Gen.Enum<ControlKind>(), Gen.OneOf("*", "2", "3"), Gen.OneOf("", " full"), Gen.Int[0, 3]).Select(Asking)),
        (1, Gen.Bool.Select(suspend => new Event($"suspend {suspend}", world => world.IsSuspended = suspend))),
        (1, Gen.Int[0, 100].Select(weight => new Event($"drift to {weight}", world => world.Drift(weight)))),
        (1, Gen.Const(new Event("crash", world => world.Crash()))),
        (1, Gen.Const(new Event("the status write is lost", world => world.Reconcile(Laws.Check, loseStatus: true)))),
        (1, Gen.Int[0, 8].Select(count => new Event($"the cluster takes {count} writes", world => world.Reconcile(Laws.Check, changes: count)))));

    [Fact]
    public void Whatever_happens_the_laws_hold_and_a_good_revision_is_promoted_in_the_end() =>
        Gen.Select(Gen.Bool, Gen.Bool, Events.Array[1, 30]).Sample((isManual, userHasRoute, events) =>
        {
            var world = New(isManual, userHasRoute);
            foreach (var happening in events)
            {
                happening.Do(world);
                Settle(world);
            }

            Heal(world);
            (world.Status.Phase is Phase.Succeeded or Phase.Initialized).Should().BeTrue($"and not {world.Status.Phase}: {world.Status.Message}");
            world.Status.StableRevision.Should().Be(Versions.RevisionOf("9"));
            world.Receivers().Should().Equal("podinfo-primary");
            world.Look().Target!.Workload.Wanted.Should().Be(0);
        }, iter: 1500, print: life => Print(life.Item3));

    [Fact]
    public void Deleting_a_Canary_at_any_time_is_never_an_outage() =>
        Gen.Select(Gen.Bool, Events.Array[0, 12]).Sample((userHasRoute, events) =>
        {
            var world = New(isManual: false, userHasRoute);
            foreach (var happening in events)
            {
                happening.Do(world);
                Settle(world);
            }

            var served = IsServed(world);
            world.Delete();
            for (var round = 0; round < 40 && !world.IsGone; round++)
            {
                world.Reconcile(Laws.Check);
                if (served)
                    IsServed(world).Should().BeTrue(world.Status.Message);
                served |= IsServed(world);
                world.Pass(2);
            }

            world.IsGone.Should().BeTrue(world.Status.Message);
            world.Receivers().Should().Equal("podinfo");
            world.Find(ObjectKind.Deployment, "podinfo-primary").Should().BeNull();
            world.Objects.Keys.Should().NotContain(left => left.Kind == ObjectKind.ControllerRevision);
        }, iter: 700, print: life => Print(life.Item2));

    /// <summary>Everything gets well and a new version is pushed: it has to come through.</summary>
    private static void Heal(World world)
    {
        world.Answer = Answer("good");
        world.IsSuspended = false;
        world.Push("9");
        Settle(world);
        foreach (var kind in new[] { ControlKind.Resume, ControlKind.Promote, ControlKind.Abort })
            world.Ask(new Control(kind, "0000000000 nobody", "test"));
        for (var round = 0; round < 40 && !IsDone(world); round++)
        {
            world.Pass(6);
            if (world.Status.Run?.Paused is not null)
                world.Ask(new Control(ControlKind.Resume, $"* {round}", "test"));
            if (world.Status.Phase == Phase.WaitingPromotion)
                world.Ask(new Control(ControlKind.Promote, $"* {round}", "test"));
            Settle(world);
        }
    }

    private static bool IsDone(World world) =>
        world.Status.Phase is Phase.Succeeded or Phase.Initialized && world.Status.StableRevision == Versions.RevisionOf("9");

    /// <summary>Reconciles until nothing changes any more, as events do.</summary>
    private static void Settle(World world)
    {
        var rounds = 0;
        while (world.Reconcile((seen, decision) => Watch(world, seen, decision)))
            (++rounds).Should().BeLessThan(25, $"it has to settle: {world.Status.Message}");
    }

    private static void Watch(World world, Observation seen, Decision decision)
    {
        Laws.Check(seen, decision);
        foreach (var change in Blueprint.For(seen, decision.Status).OfType<Change.Shape>())
            SafeWrites.Check(seen, decision.Status, change, world.Find(change.Id.Kind, change.Id.Name));
    }

    private static bool IsServed(World world) => world.Receivers().All(service => world.Endpoints(service) > 0);

    private static World New(bool isManual, bool userHasRoute) =>
        new(new Scene { Metrics = Check, Analysis = $""" "maxHold": "2m", "promotion": "{(isManual ? "manual" : "automatic")}" """ }, userHasRoute);

    private static Measurement? Answer(string answer) => answer switch
    {
        "good" => new("request-success-rate", 100, 1000, null),
        "bad" => new("request-success-rate", 50, 1000, null),
        "none" => new("request-success-rate", null, 0, null),
        "error" => new("request-success-rate", null, null, "connection refused"),
        _ => null,
    };

    private static Event Asking(ControlKind kind, string revision, string full, int number)
    {
        var value = $"{(revision == "*" ? revision : Versions.RevisionOf(revision))}{full} {number}";
        return new Event($"{kind} {value}", world => world.Ask(new Control(kind, value, "kubectl")));
    }

    private static string Print(Event[] events) => string.Join("; ", events.Select(happening => happening.Name));

    private sealed record Event(string Name, Action<World> Do);
}
