using Rollouts.Core.Controls;
using Rollouts.Core.Explaining;
using Rollouts.Model.Status;

namespace Rollouts.Core.Deciding;

/// <summary>What people ask for. Who asks for both at once has resumed: a pause is asked for again more easily than missed.</summary>
internal static class Hands
{
    public static Decision? On(Turn turn)
    {
        if (turn.Asked(ControlKind.Pause, turn.Run.Revision) is { } pause)
        {
            var held = new Pause(turn.Now, pause.By, pause.Text.Length == 0 ? null : pause.Text);
            return turn.Heed(pause)
                .WithRun(run => run with { Paused = held })
                .Tell("Paused", Waits.Paused(held, turn.Run.Split))
                .Rest();
        }
        if (turn.Asked(ControlKind.Resume, turn.Run.Revision) is { } resume)
        {
            return turn.Run.Paused is null
                ? turn.Consume(resume).Note("ResumeNeedless", Runs.NotPaused(turn.Run, resume)).Rest()
                : turn.Heed(resume).WithRun(run => run with { Paused = null, Holds = null }).Tell("Resumed", Runs.Resumed(turn.Run, resume)).Rest();
        }
        return Undo.Decline(turn);
    }

    /// <summary>
    /// A control that means whichever revision is under test, set while none is, is kept as done: left alone it would approve the next
    /// revision, which nobody has seen yet.
    /// </summary>
    public static Turn Swallow(Turn turn) => turn.Seen.Controls.Where(control => control.Revision == Control.Any).Aggregate(turn, Consume);

    /// <summary>An approval that comes together with a newer revision was meant for the older one.</summary>
    public static Turn SwallowApproval(Turn turn) =>
        turn.Seen.Controls
            .Where(control => control is { Revision: Control.Any, Kind: ControlKind.Promote })
            .Aggregate(turn, Consume);

    /// <summary>A wish to go back that is older than a newer push is no wish any more.</summary>
    public static Turn SwallowRollback(Turn turn) => turn.Asked(ControlKind.Rollback) is { } rollback ? turn.Consume(rollback) : turn;

    private static Turn Consume(Turn turn, Control control) => turn.Consume(control);
}
