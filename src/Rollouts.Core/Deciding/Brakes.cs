using Rollouts.Core.Explaining;
using Rollouts.Core.Scheduling;

namespace Rollouts.Core.Deciding;

/// <summary>
/// What keeps a run from starting and from moving forward. It keeps nobody from ending one: an abort, a failing check and a rollback act
/// all the same.
/// </summary>
/// <param name="Sentence">Why, for the status.</param>
/// <param name="Until">When it ends by itself; null: when a person ends it.</param>
internal sealed record Brakes(string Sentence, DateTimeOffset? Until)
{
    /// <summary>Null where the run may move.</summary>
    public static Brakes? On(Turn turn) =>
        turn.Run.Paused is { } pause ? new(Waits.Paused(pause, turn.Run.Split), null)
        // Who goes back to a proven revision does not wait for a window.
        : turn.Run.Proven && !turn.Spec.Suspend ? null
        : OnStart(turn, turn.Run.Revision);

    /// <summary>What also keeps a run from starting, and a person's yes from being acted on.</summary>
    public static Brakes? OnStart(Turn turn, string revision)
    {
        if (turn.Spec.Suspend)
            return new(Waits.Suspended(turn.Names, revision), null);
        return turn.Spec.Schedule is { } schedule && ReleaseWindow.At(schedule, turn.Now) is WindowState.Closed closed
            ? new(Waits.Window(schedule, closed), closed.Until)
            : null;
    }
}
