using Rollouts.Core.Explaining;
using Rollouts.Core.Gating;
using Rollouts.Model;
using Rollouts.Model.Analysis;
using Rollouts.Model.Status;

namespace Rollouts.Core.Deciding;

/// <summary>
/// Webhooks that are told how a run ended. They are noted as owing with the end itself, so that a crash loses none, and are told at least
/// once; what they answer changes nothing.
/// </summary>
internal static class Afterwards
{
    /// <summary>Notes that the webhooks have to be told.</summary>
    public static Turn ToldLater(this Turn turn) => turn.WithRun(run => run with
    {
        Gates = run.Gates
            .Concat(Gates.Of(turn, HookKind.PostRollout).Select(hook => new GateStatus { Name = hook.Name, Kind = hook.Kind }))
            .ToEquatableList(),
    });

    public static IEnumerable<GateCall> Calls(Turn turn) => Gates.Calls(turn, HookKind.PostRollout).Where(call => IsOwing(turn, call.Hook.Name));

    /// <summary>Whether somebody is still to be told. A webhook always answers, if only that it could not be reached in time.</summary>
    public static bool AreOwing(Turn turn) => turn.Status is { Run: not null, Phase: Phase.Succeeded or Phase.Failed } && Calls(turn).Any();

    /// <summary>Keeps the answers that have come.</summary>
    public static Turn Take(Turn turn)
    {
        if (turn.Status.Run is null || !Calls(turn).Any())
            return turn;
        var told = Gates.Note(turn, HookKind.PostRollout);
        return Calls(turn)
            .Select(call => told.Run.Gates.First(gate => gate.Kind == HookKind.PostRollout && gate.Name == call.Hook.Name))
            .Where(gate => gate is { At: not null, Open: false })
            .Aggregate(told, (after, gate) => after.Note("PostRolloutFailed", Runs.NotTold(gate.Sentence)));
    }

    private static bool IsOwing(Turn turn, string name) =>
        turn.Run.Gates.Any(gate => gate is { Kind: HookKind.PostRollout, At: null } && gate.Name == name);
}
