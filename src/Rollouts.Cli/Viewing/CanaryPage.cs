using System.Text.Json.Nodes;
using Rollouts.Cli.Controls;
using Rollouts.Core.Controls;
using Rollouts.Model;
using Rollouts.Model.Analysis;
using Rollouts.Model.Status;
using Spectre.Console;

namespace Rollouts.Cli.Viewing;

/// <summary>A Canary on a page, for who was woken by it: what is going on, why, and what can be done; then what was before.</summary>
internal sealed class CanaryPage(IAnsiConsole console, JsonObject json, DateTimeOffset now)
{
    private const int KeptEvents = 10;

    private readonly CanaryReading reading = Canary.Parse(json);

    private CanaryStatus Status => reading.Status;

    private CanaryKey Key => reading.Metadata.Key;

    public void Write()
    {
        console.MarkupLineInterpolated($"[bold]Canary {Key.Name}[/] in namespace {Key.Namespace}");
        Headline();
        Errors();
        Facts();
        Checks();
        Gates();
        Hands();
        Actions();
        History();
        Events();
    }

    private void Headline()
    {
        console.Write(new Paragraph("  ").Append(Status.Phase.ToString(), PhaseText.StyleOf(Status.Phase)));
        console.WriteLine($": {Status.Message ?? "no controller has looked at it yet; is one running?"}");
    }

    private void Errors()
    {
        if (reading.Errors.Count == 0)
            return;
        Title("What is wrong with the spec");
        foreach (var error in reading.Errors)
            console.WriteLine($"  {error}");
    }

    private void Facts()
    {
        Title("Now");
        foreach (var (name, value) in FactList())
        {
            console.Write(new Text($"  {name,-15}"));
            console.Write(value);
            console.WriteLine();
        }
    }

    private IEnumerable<(string Name, Paragraph Value)> FactList()
    {
        if (reading.Legible is { } spec)
            yield return ("target", new Paragraph($"{spec.Target.Kind} {spec.Target.Name}; {spec.Target.Name}-primary serves"));
        if (Status.StableRevision is { } stable)
            yield return ("proven good", new Paragraph($"revision {stable}"));
        yield return ("split", SplitBar.Of(new Split(Status.CanaryWeight), 30));
        if (Status.Run is not { } run)
            yield break;
        if (run.Mirrored > Weight.Zero)
            yield return ("copies", new Paragraph($"{run.Mirrored}% of the traffic, of which nobody sees the answers"));
        yield return ("run", new Paragraph($"{run.Id}, of revision {run.Revision}, started {Ago.Since(run.StartedAt, now)} ago"));
        yield return ("program", new Paragraph(StepBar.Line(Status)));
        if (Status.Phase is Phase.Progressing or Phase.WaitingPromotion)
            yield return ("step", new Paragraph($"{Status.StepProgress}, for {Ago.Since(run.StepStartedAt, now)}"));
        yield return ("failed checks", new Paragraph($"{Status.FailedChecks}{(reading.Legible is { } legible ? $" of {legible.Analysis.Threshold} that end the run" : "")}"));
        if (run.Holds is { } hold)
            yield return ("holds", new Paragraph($"for {Ago.Since(hold.Since, now)}: {hold.Reason}"));
        if (run.Paused is { } pause)
            yield return ("paused", new Paragraph($"for {Ago.Since(pause.Since, now)}, by {pause.By}{(pause.Reason is { } reason ? $": {reason}" : "")}"));
    }

    private void Checks()
    {
        if (Status.Run is not { Verdicts: [_, ..] verdicts })
            return;
        Title("Checks, as last judged");
        foreach (var verdict in verdicts)
        {
            console.Write(new Paragraph("  ").Append($"{verdict.Verdict.ToString().ToUpperInvariant(),-4}", StyleOf(verdict.Verdict)));
            console.WriteLine($"  {verdict.Sentence} ({Ago.Since(verdict.At, now)} ago)");
        }
    }

    private void Gates()
    {
        if (Status.Run is not { Gates: [_, ..] gates })
            return;
        Title("Webhooks, as last answered");
        foreach (var gate in gates)
        {
            var (word, style) = gate.At is null ? ("-", Style.Plain) : gate.Open ? ("YES", new Style(Color.Green)) : ("NO", new Style(Color.Yellow));
            console.Write(new Paragraph("  ").Append($"{word,-4}", style));
            var when = gate.At is { } at ? $"{gate.Sentence} ({Ago.Since(at, now)} ago)" : "not told yet";
            console.WriteLine($"  {HookWords.Of(gate.Kind)} {gate.Name}: {when}");
        }
    }

    private void Hands()
    {
        // Those of a run that has ended stand beside it below.
        if (Status.Run is not { Controls: [_, ..] controls } run || Status.History.Any(past => past.Run == run.Id))
            return;
        Title($"By hand in run {run.Id}");
        new Columns(console, "  DONE", "AGO", "BY", "WHY").Write(
            [.. controls.Select(hand => new[] { $"  {hand.Control}", Ago.Since(hand.At, now), hand.By, hand.Reason ?? "" })]);
    }

    private void Actions()
    {
        var possible = Enum.GetValues<ControlKind>().Where(kind => Wish.IsPossible(kind, Status)).ToList();
        if (possible.Count == 0 || reading.Errors.Count > 0)
            return;
        Title("What can be done");
        foreach (var kind in possible)
            console.Line($"  {$"rollouts {Control.Key(kind)} {Key.Name} -n {Key.Namespace} -m 'why'",-50}  {ControlText.Effect(kind)}");
        if (Status.Phase == Phase.Failed && reading.Legible is { } spec)
            console.WriteLine($"  Or push a fix: the next change of {spec.Target.Kind} {spec.Target.Name} starts a run of its own.");
    }

    private void History()
    {
        if (Status.History.Count == 0)
            return;
        Title("Runs before, the last first");
        new Columns(console, "  RUN", "REVISION", "OUTCOME", "REACHED", "TOOK", "ENDED", "BY", "REASON").Write([.. Status.History.SelectMany(Rows)]);
    }

    private IEnumerable<string[]> Rows(RunRecord run) =>
    [
        [
            $"  {run.Run}", run.Revision, run.Outcome.ToString(), run.Split.ToString(), Ago.Of(run.Finished - run.Started),
            $"{Ago.Since(run.Finished, now)} ago", run.By ?? "", run.Reason ?? "",
        ],
        .. run.Controls.Select(hand => new[] { "", "", $"- {hand.Control}", "", "", $"{Ago.Since(hand.At, now)} ago", hand.By, hand.Reason ?? "" }),
    ];

    private void Events()
    {
        if (Status.Journal.Count == 0)
            return;
        Title("What happened, the last at the end");
        new Columns(console, "  AGE", "TYPE", "REASON", "MESSAGE").Write(
        [
            .. Status.Journal.TakeLast(KeptEvents).Select(entry => new[]
            {
                $"  {Ago.Since(entry.At, now)}", entry.Warning ? "Warning" : "Normal", entry.Reason, entry.Message,
            }),
        ]);
    }

    private void Title(string title)
    {
        console.WriteLine();
        console.MarkupLineInterpolated($"[bold]{title}[/]");
    }

    private static Style StyleOf(Verdict verdict) => new(verdict switch
    {
        Verdict.Pass => Color.Green,
        Verdict.Fail => Color.Red,
        Verdict.None => Color.Yellow,
    });
}
