using Rollouts.Model.Analysis;

namespace Rollouts.Core.Deciding;

/// <summary>
/// The keys of the questions that webhooks are asked: run, step, kind and number. The number follows from the status and the time, so a
/// controller that was started anew asks the same question under the same key.
/// </summary>
internal static class Questions
{
    public static string Key(Turn turn, HookSpec hook) => $"{Place(turn, hook)}{Number(turn, hook)}";

    /// <summary>What all keys of the hook in this run and step begin with.</summary>
    public static string Place(Turn turn, HookSpec hook) => $"{turn.Run.Id}/{turn.Run.Step}/{HookWords.Of(hook.Kind)}/";

    private static long Number(Turn turn, HookSpec hook) => hook.Kind switch
    {
        HookKind.PreRollout => turn.Status.FailedChecks,
        HookKind.Rollout => Checks.DueAt(turn) is { } due ? (long)(due - turn.Run.StartedAt).TotalSeconds : 0,
        HookKind.ConfirmRollout or HookKind.ConfirmTrafficIncrease or HookKind.ConfirmPromotion or HookKind.Rollback => Polling.Number(turn, hook),
        HookKind.PostRollout => 0,
        HookKind.Event => throw new InvalidOperationException("An event is told and not asked."),
    };
}
