using Rollouts.Cli.Viewing;
using Rollouts.Model.Status;
using Spectre.Console;

namespace Rollouts.Cli.Demo;

/// <summary>One line for each change: for files, pipes and CI.</summary>
internal sealed class LineView(IAnsiConsole console, TimeProvider time) : IDemoView
{
    private readonly long begin = time.GetTimestamp();
    private string last = "";

    public void Tell(string line) => Write(line);

    public void Begin(Act act, string serving) => Write($"act {act.Letter}: {act.Title}: {serving} serves, {act.Version} is released");

    public void Show(CanaryStatus status)
    {
        var line = StatusLine.Of(status);
        if (line != last)
            Write(line);
        last = line;
    }

    public Task DuringAsync(Func<Task> play) => play();

    private void Write(string line) => console.Line($"{time.GetElapsedTime(begin).TotalSeconds,5:0.0} {line}");
}
