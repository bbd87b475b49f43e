using System.Text.Json.Nodes;
using Rollouts.Core;
using Rollouts.Core.Controls;
using Rollouts.Core.Scheduling;
using Rollouts.Model;
using Rollouts.Model.Analysis;
using Rollouts.Model.Status;
using static Rollouts.Simulation.Tests.Living.LawBroken;

namespace Rollouts.Simulation.Tests.Living;

/// <summary>What a Canary goes through, drawn from a seed.</summary>
internal sealed record Life(long Seed, TargetKind Kind, JsonObject Spec, IReadOnlyList<Happening> Happenings)
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public static Life Of(long seed)
    {
        var chance = new Chance(seed);
        var kind = SpecDraw.Kind(chance);
        var spec = SpecDraw.Spec(chance, kind);
        return new(seed, kind, spec, [.. Enumerable.Range(0, 1 + chance.Below(12)).Select(_ => Happening.Draw(chance, kind))]);
    }

    /// <summary>Lives it; in the end everything gets well, and a new version has to come through.</summary>
    /// <returns>every decision in a line</returns>
    /// <exception cref="LawBroken">a law was broken</exception>
    public IEnumerable<string> Live()
    {
        var laws = new Laws();
        var (world, weather) = Begin(laws);
        foreach (var happening in Happenings)
        {
            happening.Do(world, weather);
            world.Run(TimeSpan.Zero);
        }
        Heal(world, weather);
        Unless(world.Status.StableRevision == Versions.RevisionOf(Kind, Versions.Last), $"a good revision comes through, and not {world.Status.Phase}: {world.Status.Message}");
        return laws.Story;
    }

    /// <summary>Lives it, and then the Canary is deleted: users are served all the time, and what was made is taken away.</summary>
    public void End()
    {
        var (world, weather) = Begin(new Laws());
        foreach (var happening in Happenings)
        {
            happening.Do(world, weather);
            world.Run(TimeSpan.Zero);
        }
        world.ForgetFaults();
        var restores = Happening.Live(world)["spec"]!["deletionPolicy"] is null;
        var served = IsServed(world);
        world.Delete();
        for (var round = 0; round < 60 && !world.IsGone; round++)
        {
            world.Run(TimeSpan.FromSeconds(2));
            Unless(!served || IsServed(world), $"whoever is served stays served: {world.Status.Message}");
            served |= IsServed(world);
        }
        world.Run(TimeSpan.FromHours(3), now => now.IsGone);
        Unless(world.IsGone, $"what was deleted goes, and not {world.Status.Phase}: {world.Status.Message}");
        var left = world.Cluster.Objects.Keys.Count(id => id.Kind == ObjectKind.ControllerRevision || id.Name == "podinfo-primary");
        Unless(!restores || left == 0, "what was made is taken away");
    }

    /// <summary>Lives it, and then nothing happens any more: whatever is under way comes to its end, or says whom it waits for.</summary>
    public void Rest()
    {
        var (world, weather) = Begin(new Laws());
        foreach (var happening in Happenings)
        {
            happening.Do(world, weather);
            world.Run(TimeSpan.Zero);
        }
        world.ForgetFaults();
        // Nobody is waited for without end: who has not answered in time could not be reached.
        weather.Checks = weather.Checks == "under way" ? "error" : weather.Checks;
        weather.Gates ??= false;
        // As long as the longest program may take, each step held for as long as it may be, and a clock that was set back caught up with.
        Unless(world.Run(TimeSpan.FromHours(6), IsSettled), $"a run ends or says why it holds, and not {world.Status.Phase} {world.Status.StepProgress}: {world.Status.Message}");
    }

    private static bool IsSettled(World world) => world.Status.Phase switch
    {
        Phase.Initialized or Phase.Succeeded => true,
        Phase.Failed => world.Status.Run!.RetiredAt is not null,
        Phase.Waiting or Phase.Progressing or Phase.WaitingPromotion => WaitsFor(world),
        // A first version that never comes up is its user's to mend, and the target serves all the while.
        Phase.Initializing => world.Status.Message?.StartsWith("Waiting for the primary before anything is taken", StringComparison.Ordinal) == true,
        Phase.Promoting or Phase.Finalising or Phase.Terminating => false,
    };

    /// <summary>Whether something is waited for that may take as long as it likes, and the sentence names it.</summary>
    private static bool WaitsFor(World world)
    {
        var (status, spec) = (world.Status, world.Reading.Canary!.Spec);
        return Says("spec.suspend is true", spec.Suspend)
            || Says("Release window closed until", ReleaseWindow.At(spec.Schedule, world.Now) is WindowState.Closed)
            || Says("Paused at", status.Run!.Paused is not null)
            || Says("until a person promotes", status.Phase == Phase.Progressing && WaitsForAPerson(world))
            || Says("for approval", status.Phase == Phase.WaitingPromotion && spec.Analysis.Promotion == PromotionMode.Manual)
            || Says("Waiting for a yes:", status.Phase == Phase.Waiting)
            || Says("waiting for a yes to promote:", status.Phase == Phase.WaitingPromotion);

        bool Says(string words, bool isSo) => isSo && status.Message!.Contains(words, StringComparison.Ordinal);
    }

    /// <summary>Whether every Service that takes requests has a ready pod.</summary>
    private static bool IsServed(World world)
    {
        var rules = world.Cluster.Find(ObjectKind.VirtualService, "podinfo")?["spec"]?["http"] as JsonArray ?? [];
        return rules.SelectMany(rule => rule!["route"] as JsonArray ?? [])
            .Where(share => share!["weight"]?.GetValue<int>() != 0)
            .Select(share => share!["destination"]!["host"]!.GetValue<string>().Split('.')[0])
            .DefaultIfEmpty("podinfo")
            .All(service => world.Cluster.Endpoints(service) > 0);
    }

    public (World World, Weather Weather) Begin(Laws laws)
    {
        var weather = new Weather();
        var world = new World(SpecDraw.Canary(Spec.DeepClone().AsObject()), Versions.Target(Kind, "1"), Noon, weather, laws);
        world.Cluster.Behaviours[Versions.RevisionOf(Kind, Versions.Stuck)] = PodBehaviour.NeverReady;
        world.Cluster.Behaviours[Versions.RevisionOf(Kind, Versions.Crashing)] = PodBehaviour.CrashLooping;
        // A third of the users had a Service before, and a third a Service and a route.
        if (Seed % 3 > 0 && Kind != TargetKind.Service)
            world.Cluster.Put(new(ObjectKind.Service, "podinfo"), Json("""{"metadata": {"name": "podinfo"}, "spec": {"selector": {"app": "podinfo"}, "ports": [{"port": 80}]}}"""));
        if (Seed % 3 == 2)
            world.Cluster.Put(new(ObjectKind.VirtualService, "podinfo"), Json("""{"metadata": {"name": "podinfo"}, "spec": {"hosts": ["podinfo"], "http": [{"route": [{"destination": {"host": "podinfo"}}]}]}}"""));
        return (world, weather);
    }

    private static JsonObject Json(string json) => JsonNode.Parse(json)!.AsObject();

    private void Heal(World world, Weather weather)
    {
        (weather.Checks, weather.Gates, weather.CallsBack, weather.AnswersAfter) = ("good", true, false, TimeSpan.Zero);
        world.ForgetFaults();
        var spec = Happening.Live(world)["spec"]!.DeepClone().AsObject();
        spec["suspend"] = false;
        spec.Remove("schedule");
        world.Edit(spec);
        world.Ask(new Control(ControlKind.Rollback, "", "nobody"));
        world.Push(Versions.Released(Kind, Versions.Last));
        world.Run(TimeSpan.FromSeconds(1));
        for (var asked = 0; asked < 40 && !IsDone(world); asked++)
        {
            if (WaitsForAPerson(world))
                world.Ask(new Control(world.Status.Run!.Paused is null ? ControlKind.Promote : ControlKind.Resume, $"* again {asked}", "person"));
            world.Run(TimeSpan.FromSeconds(3));
            // A clock that was set back lets everything wait for so much longer.
            world.Run(TimeSpan.FromMinutes(asked < 30 ? 2 : 120), now => IsDone(now) || WaitsForAPerson(now));
        }
    }

    private bool IsDone(World world) =>
        world.Status.Phase is Phase.Succeeded or Phase.Initialized && world.Status.StableRevision == Versions.RevisionOf(Kind, Versions.Last)
        && world.Cluster.Find(world.Names.TargetId.Kind, "podinfo") is { } target && Versions.IsAtRest(Kind, target);

    private static bool WaitsForAPerson(World world) =>
        world.Status is { Phase: Phase.WaitingPromotion } or { Phase: Phase.Progressing, Run.Paused: not null }
        || (world.Status is { Phase: Phase.Progressing, Run: { Step: > 0 } run } && run.StepProgram[run.Step - 1] == "pause: until promoted");

    /// <summary>The same life without whatever is not needed to break the law.</summary>
    public Life Shrunk(Action<Life> live)
    {
        for (var index = 0; index < Happenings.Count; index++)
        {
            var less = this with { Happenings = [.. Happenings.Where((_, at) => at != index)] };
            if (Wrong(() => live(less)) is not null)
                return less.Shrunk(live);
        }
        return this;
    }

    /// <summary>What went wrong; null: nothing.</summary>
    public static Exception? Wrong(Action live)
    {
        try
        {
            live();
            return null;
        }
#pragma warning disable CA1031 // Whatever is thrown is what went wrong.
        catch (Exception broken)
#pragma warning restore CA1031
        {
            return broken;
        }
    }

    public override string ToString() => $"seed {Seed}: {Kind}; {string.Join("; ", Happenings.Select(happening => happening.Name))}\nspec {Spec.ToJsonString()}";
}
