using System.Text.Json.Nodes;
using Rollouts.Core.Controls;
using Rollouts.Model;

namespace Rollouts.Simulation.Tests.Living;

/// <summary>Something that happens to a Canary.</summary>
internal sealed record Happening(string Name, Action<World, Weather> Do)
{
    public static Happening Draw(Chance chance, TargetKind kind) => chance.Below(22) switch
    {
        < 6 => Pass(chance.Of(1, 4, 8, 15, 40)),
        < 10 => Push(kind, chance.Of("1", "2", "3", "4", Versions.Stuck, Versions.Crashing)),
        10 or 11 => Checked(chance.Of("good", "bad", "none", "error", "under way")),
        12 => Gated(chance.Of<bool?>(true, false, null)),
        13 or 14 => Asked(chance, kind),
        15 => Suspended(chance.OneIn(2)),
        16 => Edited(SpecDraw.Spec(chance, kind)),
        17 => Drifted(chance.Below(101)),
        18 => Lost(chance.Of("podinfo", "podinfo-primary")),
        19 => chance.OneIn(2) ? new("the controller crashes", (world, _) => world.Crash()) : Jumped(chance.Of(-3600, -40, 40, 3600)),
        20 => Spoilt(chance.Below(8), chance.Of(Enum.GetValues<WriteFault>())),
        _ => chance.OneIn(3) ? new("a webhook calls back", (_, weather) => weather.CallsBack = true) : Slow(chance.Of(0, 2, 15)),
    };

    public static Happening Pass(int seconds) => new($"pass {seconds}s", (world, _) => world.Run(TimeSpan.FromSeconds(seconds)));

    private static Happening Push(TargetKind kind, string version) => new($"push {version}", (world, _) => world.Push(Versions.Released(kind, version)));

    private static Happening Checked(string answer) => new($"checks are {answer}", (_, weather) => weather.Checks = answer);

    private static Happening Gated(bool? yes) => new($"gates say {(yes is null ? "nothing" : yes.Value ? "yes" : "no")}", (_, weather) => weather.Gates = yes);

    private static Happening Slow(int seconds) => new($"answers take {seconds}s", (_, weather) => weather.AnswersAfter = TimeSpan.FromSeconds(seconds));

    private static Happening Suspended(bool suspend) => new($"suspend {suspend}", (world, _) =>
    {
        var spec = Live(world)["spec"]!.DeepClone().AsObject();
        spec["suspend"] = suspend;
        world.Edit(spec);
    });

    private static Happening Edited(JsonObject spec) => new($"edit {spec.ToJsonString()}", (world, _) => world.Edit(spec));

    private static Happening Lost(string deployment) => new($"the pods of {deployment} are lost", (world, _) => world.Cluster.Lose(deployment));

    private static Happening Jumped(int seconds) => new($"the clock jumps {seconds}s", (world, _) => world.JumpClock(TimeSpan.FromSeconds(seconds)));

    private static Happening Spoilt(int writes, WriteFault fault) => new($"after {writes} writes one is {fault}", (world, _) => world.Spoil(writes, fault));

    private static Happening Asked(Chance chance, TargetKind target)
    {
        var kind = chance.Of(Enum.GetValues<ControlKind>());
        var revision = chance.OneIn(2) && kind != ControlKind.Rollback ? Control.Any : Versions.RevisionOf(target, chance.Of("1", "2", "3"));
        var value = $"{revision}{(chance.OneIn(3) ? " full" : "")} {chance.Below(3)}";
        return new($"{kind} {value}", (world, _) => world.Ask(new Control(kind, value, "kubectl")));
    }

    private static Happening Drifted(int weight) => new($"the route drifts to {weight}", (world, _) =>
    {
        if (world.Cluster.Find(Core.ObjectKind.VirtualService, "podinfo")?.DeepClone() is not JsonObject route || route["spec"]?["http"] is not JsonArray rules)
            return;
        foreach (var shares in rules.Select(rule => rule!["route"]).OfType<JsonArray>().Where(shares => shares.Count == 2))
            (shares[0]!["weight"], shares[1]!["weight"]) = (100 - weight, weight);
        world.Cluster.Put(new(Core.ObjectKind.VirtualService, "podinfo"), route);
    });

    internal static JsonObject Live(World world) => world.Cluster.Find(Core.ObjectKind.Canary, "podinfo")!;
}
