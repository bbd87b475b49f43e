using System.CommandLine;
using Rollouts.Cli.Clusters;
using Rollouts.Core.Controls;
using Rollouts.Model.Status;

namespace Rollouts.Cli.Controls;

/// <summary>The verbs: each writes its annotation for the revision presently under test and waits until a controller has acted on it.</summary>
internal static class ControlCommand
{
    public static IEnumerable<Command> All(Terminal terminal)
    {
        var full = new Option<bool>("--full") { Description = "Skip the rest of the program and promote now; the candidate must be ready all the same." };
        yield return Make(terminal, ControlKind.Promote, "End the present step, or the wait for a person.", full);
        yield return Make(terminal, ControlKind.Abort, "Move all traffic back to the primary at once; the run has failed by hand.");
        yield return Make(terminal, ControlKind.Pause, "Hold the run at its present split; checks go on and may still roll back.");
        yield return Make(terminal, ControlKind.Resume, "End a pause.");
        yield return Make(terminal, ControlKind.Retry, "Start a new run of the revision that failed.");
    }

    private static Command Make(Terminal terminal, ControlKind kind, string description, Option<bool>? full = null)
    {
        var name = CanaryName.Required();
        var text = new Option<string?>("--message", "-m") { Description = "Why, for the history and the events.", HelpName = "TEXT" };
        var cluster = new ClusterOptions();
        var command = new Command(Control.Key(kind), description) { name, text };
        if (full is not null)
            command.Add(full);
        cluster.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var session = cluster.Open(parsed, terminal);
            var wish = new Wish(kind, full is not null && parsed.GetValue(full), parsed.GetValue(text));
            return await RunAsync(terminal, session, parsed.GetRequiredValue(name), wish, cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(Terminal terminal, ClusterSession session, string name, Wish wish, CancellationToken cancellation)
    {
        var canary = await session.CanaryAsync(name, cancellation);
        var revision = wish.RevisionIn(CanaryStatus.Parse(canary["status"]), name);
        var value = ControlText.Value(revision, wish.Full, terminal.User, terminal.Time.GetUtcNow(), wish.Text);
        var written = await session.PatchAsync(name, ControlText.Patch(wish.Kind, value), cancellation);

        var status = await Effect.OfAsync(session, written, wish.Kind, value, terminal.Time, cancellation);
        terminal.Out.Line($"Canary {name}: {Control.Key(wish.Kind)} of revision {revision}: {status.Phase}: {status.Message}");
        return ExitCode.Ok;
    }
}
