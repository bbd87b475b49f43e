using System.CommandLine;
using System.Text.Json.Nodes;
using Rollouts.Cli.Clusters;
using Rollouts.Cli.Running;
using Rollouts.Cli.Viewing;
using Rollouts.Kubernetes.Reading;
using Rollouts.Kubernetes.Watching;

namespace Rollouts.Cli;

internal static class GetCommand
{
    /// <param name="Name">Null: all of them.</param>
    private sealed record Question(string? Name, bool Everywhere, bool Watch, OutputFormat Format);

    public static Command Make(Terminal terminal)
    {
        var name = KindAndName.Optional();
        var everywhere = new Option<bool>("--all-namespaces", "-A") { Description = "Of all namespaces." };
        var watch = new Option<bool>("--watch", "-w") { Description = "Go on, with a row for each change, until Ctrl-C." };
        var output = OutputOption.Make(OutputFormat.Table, OutputFormat.Wide, OutputFormat.Json, OutputFormat.Yaml);
        var cluster = new ClusterOptions();
        var command = new Command("get", "Show Canaries: phase, weight of the candidate, step, failed checks, and what is going on.") { everywhere, watch, output };
        name.AddTo(command);
        cluster.AddTo(command);
        command.Validators.Add(result =>
        {
            if (name.In(result) is not null && result.GetValue(everywhere))
                result.AddError("a NAME stands in one namespace: take away -A");
        });
        command.SetAction(async (parsed, cancellation) =>
        {
            using var session = cluster.Open(parsed, terminal);
            await RunAsync(
                terminal,
                session,
                new Question(name.In(parsed), parsed.GetValue(everywhere), parsed.GetValue(watch), parsed.GetValue(output)),
                cancellation);
            return ExitCode.Ok;
        });
        return command;
    }

    private static async Task RunAsync(Terminal terminal, ClusterSession session, Question question, CancellationToken cancellation)
    {
        var found = question.Name is { } name
            ? [await session.CanaryAsync(name, cancellation)]
            : (await session.Client.ListAsync(Definitions.Canaries(), Namespace(session, question), null, cancellation)).Items;
        foreach (var canary in found)
            Trim.ManagedFields(canary);

        var rows = new CanaryRows(question.Everywhere, question.Format == OutputFormat.Wide);
        var columns = new Columns(terminal.Out, rows.Headers);
        terminal.Out.Show(question.Format, question.Name is null ? List(found) : found[0], () => Table(terminal, session, question, rows, columns, found));
        if (question.Watch)
            await WatchAsync(terminal, session, question, found, canary => columns.Append(rows.Of(canary, terminal.Time.GetUtcNow())), cancellation);
    }

    private static void Table(
        Terminal terminal, ClusterSession session, Question question, CanaryRows rows, Columns columns, IReadOnlyList<JsonObject> found)
    {
        if (found.Count > 0 || question.Watch)
            columns.Write([.. found.Select(canary => rows.Of(canary, terminal.Time.GetUtcNow()))]);
        else
            terminal.Error.Line(question.Everywhere ? "There are no Canaries." : $"There are no Canaries in namespace {session.Namespace}; -A looks in all.");
    }

    private static async Task WatchAsync(
        Terminal terminal, ClusterSession session, Question question, IReadOnlyList<JsonObject> shown, Action<JsonObject> append, CancellationToken cancellation)
    {
        // The informer goes on over broken connections and restarts of the server, which is when an engineer is looking.
        var versions = shown.ToDictionary(canary => canary.Key, canary => canary.ResourceVersion);
        var informer = new Informer(
            session.Client, Definitions.Canaries(), new InformerOptions { Namespace = Namespace(session, question), Trim = Trim.ManagedFields }, terminal.Time);
        using var subscription = informer.Subscribe(change =>
        {
            var wanted = question.Name is null || question.Name == change.Key.Name;
            var news = change.New is null || versions.GetValueOrDefault(change.Key) != change.New.ResourceVersion;
            if (wanted && news && change.New is null)
                terminal.Error.Line($"Canary {change.Key} is gone.");
            else if (wanted && news)
                terminal.Out.Show(question.Format, change.Object, () => append(change.Object));
        });
        var running = informer.RunAsync(cancellation);
        await Stopping.WaitAsync(cancellation);
        await running.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    private static string? Namespace(ClusterSession session, Question question) => question.Everywhere ? null : session.Namespace;

    private static JsonObject List(IReadOnlyList<JsonObject> items) =>
        new() { ["apiVersion"] = "v1", ["kind"] = "List", ["items"] = new JsonArray([.. items.Select(item => item.DeepClone())]) };
}
