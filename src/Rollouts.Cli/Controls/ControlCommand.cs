using System.CommandLine;
using Rollouts.Cli.Clusters;
using Rollouts.Core.Controls;
using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Cli.Controls;

/// <summary>The verbs: each writes its annotation for the revision presently under test and waits until a controller has acted on it.</summary>
internal static class ControlCommand
{
    public static IEnumerable<Command> All(Terminal terminal)
    {
        var full = new Option<bool>("--full") { Description = "Skip the rest of the program and promote now; the candidate must be ready all the same." };
        ControlKind[] kinds = [ControlKind.Promote, ControlKind.Abort, ControlKind.Pause, ControlKind.Resume, ControlKind.Retry];
        return kinds.Select(kind => Make(terminal, kind, kind == ControlKind.Promote ? full : null));
    }

    private static Command Make(Terminal terminal, ControlKind kind, Option<bool>? full)
    {
        var name = CanaryName.Required();
        var text = new Option<string?>("--message", "-m") { Description = "Why, for the history and the events.", HelpName = "TEXT" };
        var cluster = new ClusterOptions();
        var command = new Command(Control.Key(kind), ControlText.Effect(kind)) { name, text };
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
        var value = ControlText.Value(revision, wish.Full, terminal.Person, terminal.Time.GetUtcNow(), wish.Text);
        var written = await session.PatchAsync(name, ControlText.Patch(wish.Kind, value), cancellation);

        if (wish.Kind == ControlKind.Promote && Noted.Until(Canary.Parse(written), wish.Full, terminal.Time.GetUtcNow()) is { } until)
        {
            terminal.Out.Line($"Canary {name}: promote of revision {revision} stands noted until {until}: {Said(CanaryStatus.Parse(written["status"]))}");
            return ExitCode.Ok;
        }

        var status = await Effect.OfAsync(session, written, wish.Kind, value, terminal.Time, cancellation);
        terminal.Out.Line($"Canary {name}: {Control.Key(wish.Kind)} of revision {revision}: {Said(status)}");
        return ExitCode.Ok;
    }

    private static string Said(CanaryStatus status) => $"{status.Phase}: {status.Message}";
}
