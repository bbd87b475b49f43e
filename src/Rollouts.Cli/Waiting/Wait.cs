using Rollouts.Cli.Clusters;
using Rollouts.Model;

namespace Rollouts.Cli.Waiting;

/// <summary>One wait: looks, tells what is new, and ends when there is a result.</summary>
internal sealed class Wait(Terminal terminal, ClusterSession session, string name, Goal goal, bool throughPauses)
{
    private string told = "";

    public string Name => name;

    public Goal Goal => goal;

    public Pursuit Pursuit { get; private set; } = new();

    /// <exception cref="Trouble">Nothing will come of it until a person mends something.</exception>
    public async Task<Ending> EndAsync(TimeSpan timeout, CancellationToken cancellation)
    {
        var eyes = new Eyes(session, name, terminal.Time);
        using var limit = new CancellationTokenSource(timeout, terminal.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        // The first look counts however short the time is: what is done already needs none.
        if (On(await eyes.LookAsync(cancellation)) is { } atOnce)
            return atOnce;
        try
        {
            await foreach (var seen in eyes.WatchAsync(both.Token))
            {
                if (On(seen) is { } ending)
                    return ending;
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Said below.
        }
        return new Ending(Result.TimedOut, $"after {DurationText.Format(timeout)} it is {told}");
    }

    private Ending? On(Sight seen)
    {
        Tell(seen);
        if (seen.Refusal is { } refusal)
            throw new Trouble($"Canary {name} is not acted on: {refusal}", $"mend that first; `rollouts describe {name}` shows more");
        if (seen.Canary.Metadata.DeletionTimestamp is not null)
            throw new Trouble($"Canary {name} is being deleted", "apply it again once it is gone");
        Pursuit = Pursuit.Follow(seen);
        var ending = Pursuit.End(seen);
        if (ending is { Result: Result.Promoted } && goal == Goal.Paused)
            throw new Trouble($"Canary {name} has no run that could pause: {ending.Sentence}", "wait for it with --for promoted");
        return ending ?? (throughPauses && goal == Goal.Promoted ? null : Pursuit.Pause(seen));
    }

    /// <summary>Progress goes beside the result, so that a script reads the last line alone.</summary>
    private void Tell(Sight seen)
    {
        var status = seen.Status;
        var news = $"{status.Phase}{(status.StepProgress is { } step ? $" {step}" : "")}: {status.Message ?? "no controller has looked at it yet"}";
        if (news == told)
            return;
        told = news;
        terminal.Error.Line(news);
    }
}
