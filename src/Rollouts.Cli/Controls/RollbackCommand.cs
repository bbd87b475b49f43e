using System.CommandLine;
using Rollouts.Cli.Clusters;
using Rollouts.Core.Controls;
using Rollouts.Model.Status;

namespace Rollouts.Cli.Controls;

/// <summary>Asks for an earlier revision. Unlike the other verbs it names one that is not under test.</summary>
internal static class RollbackCommand
{
    public static Command Make(Terminal terminal)
    {
        var name = CanaryName.Required();
        var to = new Option<string>("--to") { Description = "The revision, as `rollouts history` names it.", HelpName = "REV", Required = true };
        var text = new Option<string?>("--message", "-m") { Description = "Why, for the history and the events.", HelpName = "TEXT" };
        var cluster = new ClusterOptions();
        var command = new Command(Control.Key(ControlKind.Rollback), ControlText.Effect(ControlKind.Rollback)) { name, to, text };
        cluster.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var session = cluster.Open(parsed, terminal);
            var (canary, revision) = (parsed.GetRequiredValue(name), parsed.GetRequiredValue(to));
            Check(CanaryStatus.Parse((await session.CanaryAsync(canary, cancellation))["status"]), canary, revision);

            var value = ControlText.Value(revision, full: false, terminal.Person, terminal.Time.GetUtcNow(), parsed.GetValue(text));
            var written = await session.PatchAsync(canary, ControlText.Patch(ControlKind.Rollback, value), cancellation);
            var status = await Effect.OfAsync(session, written, ControlKind.Rollback, value, terminal.Time, cancellation);
            terminal.Out.Line($"Canary {canary}: rollback to revision {revision}: {status.Phase}: {status.Message}");
            return ExitCode.Ok;
        });
        return command;
    }

    /// <exception cref="Trouble">The revision serves already, or its template is no longer kept.</exception>
    internal static void Check(CanaryStatus status, string name, string revision)
    {
        if (revision == status.StableRevision && status.Phase is (Phase.Initialized or Phase.Succeeded))
            throw new Trouble($"revision {revision} of Canary {name} serves already", $"`rollouts abort {name}` ends a run that is under way");
        // A template is kept as long as a run of it stands in the history.
        if (status.History.All(run => run.Revision != revision))
            throw new Trouble($"there is no revision {revision} in the history of Canary {name}", $"`rollouts history {name}` lists them");
    }
}
