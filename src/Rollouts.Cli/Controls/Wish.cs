using Rollouts.Core.Controls;
using Rollouts.Model.Status;

namespace Rollouts.Cli.Controls;

/// <summary>What a person asks for, and whether there is anything that it could do.</summary>
/// <param name="Full">Of promote: skip the rest of the program.</param>
/// <param name="Text">Why.</param>
internal sealed record Wish(ControlKind Kind, bool Full, string? Text)
{
    /// <summary>The revision that it concerns.</summary>
    /// <exception cref="Trouble">There is nothing to act on; it says what state the Canary is in.</exception>
    public string RevisionIn(CanaryStatus status, string name)
    {
        var revision = Kind == ControlKind.Retry ? status.LastAppliedSpec : status.Run?.Revision;
        if (revision is not null && IsPossible(Kind, status, Full))
            return revision;
        var state = $"{status.Phase}{(status.Run?.Paused is null ? "" : ", paused")}";
        throw new Trouble(
            $"cannot {Control.Key(Kind)} Canary {name}: {Nothing}. It is {state}: {status.Message ?? "no controller has looked at it yet"}",
            $"`rollouts describe {name}` says what can be done now");
    }

    public static bool IsPossible(ControlKind kind, CanaryStatus status, bool full = false) => kind switch
    {
        // Before the first step a pause or a gate can be ended; that the candidate becomes ready, nobody's word can.
        ControlKind.Promote => status.Phase is Phase.Waiting or Phase.WaitingPromotion
            || (status is { Phase: Phase.Progressing, Run: { } run } && (full || run.Step > 0 || run.Paused is not null || run.Holds is not null)),
        ControlKind.Abort => status.Phase is Phase.Waiting or Phase.Progressing or Phase.WaitingPromotion or Phase.Promoting,
        ControlKind.Pause => status is { Phase: Phase.Progressing, Run.Paused: null },
        ControlKind.Resume => status is { Phase: Phase.Progressing, Run.Paused: not null },
        ControlKind.Retry => status.Phase == Phase.Failed,
        // It names another revision than the one under test, and has a command of its own.
        ControlKind.Rollback => false,
    };

    /// <summary>Why there is nothing to act on.</summary>
    private string Nothing => Kind switch
    {
        ControlKind.Promote => "there is no step and no wait to end",
        ControlKind.Abort => "no run is under way",
        ControlKind.Pause => "there is nothing to hold",
        ControlKind.Resume => "nothing is paused",
        ControlKind.Retry => "no run has failed",
        ControlKind.Rollback => "the revision to go back to is not named",
    };
}
