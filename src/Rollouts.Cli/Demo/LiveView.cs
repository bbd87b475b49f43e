using Rollouts.Cli.Viewing;
using Rollouts.Model;
using Rollouts.Model.Status;
using Rollouts.Sandbox.Traffic;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Rollouts.Cli.Demo;

/// <summary>The present act on a terminal, drawn anew four times a second; what was told before stays above it.</summary>
internal sealed class LiveView(IAnsiConsole console, LoadGenerator load, TimeProvider time) : IDemoView
{
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly List<string> told = [];
    private Act? act;
    private string serving = "";
    private CanaryStatus status = CanaryStatus.None;

    public void Tell(string line)
    {
        lock (gate)
            told.Add(line);
    }

    public void Begin(Act next, string version)
    {
        lock (gate)
            (act, serving) = (next, version);
    }

    public void Show(CanaryStatus changed)
    {
        lock (gate)
            status = changed;
    }

    public Task DuringAsync(Func<Task> play) => console.Live(Draw()).Overflow(VerticalOverflow.Ellipsis).StartAsync(async live =>
    {
        var playing = play();
        while (!playing.IsCompleted)
        {
            live.UpdateTarget(Draw());
            await Task.WhenAny(playing, Task.Delay(Redraw, time));
        }
        live.UpdateTarget(Draw());
        await playing;
    });

    private Rows Draw()
    {
        lock (gate)
        {
            List<IRenderable> rows = [.. told.Select(line => new Text(line)), Text.Empty];
            if (act is not null)
            {
                rows.Add(new Text($"act {act.Letter}: {act.Title}", new Style(decoration: Decoration.Bold)));
                rows.Add(Progress());
                rows.Add(Versions());
            }
            rows.Add(new Text(status.Message ?? ""));
            return new Rows(rows);
        }
    }

    private Grid Progress() => new Grid().AddColumn().AddColumn()
        .AddRow(new Text("phase"), PhaseText.Of(status.Phase))
        .AddRow(new Text("program"), StepBar.Of(status))
        .AddRow(new Text("split"), SplitBar.Of(new Split(status.CanaryWeight), 40));

    private Table Versions()
    {
        var recent = load.Read(Window);
        var seconds = Math.Max(1, recent.Seconds.Count - 0.5);
        var table = new Table().RoundedBorder().AddColumns("version", "", "requests/s", "success", "p99");
        foreach (var (version, traffic) in recent.Versions.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            var sum = traffic.Ok + traffic.Failed;
            table.AddRow(
                version,
                version == serving ? "primary" : version == act?.Version ? "candidate" : "",
                $"{sum / seconds:0}",
                $"{100.0 * traffic.Ok / Math.Max(1, sum):0.0}%",
                traffic.Latency.Quantile(0.99) is { } p99 ? $"{p99.TotalMilliseconds:0} ms" : "");
        }
        return table;
    }
}
