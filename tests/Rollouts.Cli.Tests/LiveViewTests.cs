using Rollouts.Cli.Demo;
using Rollouts.Cli.Tests.World;
using Rollouts.Cli.Viewing;
using Rollouts.Model;
using Rollouts.Model.Status;
using Rollouts.Sandbox.Traffic;
using Spectre.Console.Testing;

namespace Rollouts.Cli.Tests;

public sealed class LiveViewTests
{
    [Fact]
    public async Task A_terminal_shows_the_phase_the_present_step_the_split_the_versions_and_the_sentence()
    {
        await using var world = await CliWorld.StartAsync();
        await using var load = LoadGenerator.Start(new LoadOptions { Target = world.Api, Rate = 100 });
        while (load.Read().Versions.Count == 0)
            await Task.Yield();
        using var console = new TestConsole().Width(120);
        var view = new LiveView(console, load, TimeProvider.System);
        await view.DuringAsync(() =>
        {
            view.Tell("act a: Succeeded after 12.0 s, as it should");
            view.Begin(Act.All(new DemoOptions(null, null, 1, 100, 40))[1], "6.0.1");
            view.Show(Statuses.Progressing);
            return Task.CompletedTask;
        });
        console.Output.Should().ContainAll(
            "act a: Succeeded", "act b: a release that answers 40%", "Progressing", "setWeight: 10 done  [setWeight: 30]  setWeight: 60", "70/30",
            "requests/s", "success", "p99", "unknown", Statuses.Progressing.Message);
    }

    [Fact]
    public void A_failed_run_shows_the_step_that_it_failed_at() =>
        StepBar.Line(Statuses.Progressing with { Phase = Phase.Failed }).Should().Be("setWeight: 10 done  setWeight: 30 failed  setWeight: 60");

    [Theory]
    [InlineData(0, "####################")]
    [InlineData(1, "###################+")]
    [InlineData(50, "##########++++++++++")]
    [InlineData(100, "++++++++++++++++++++")]
    public void The_bar_shows_even_the_smallest_share_of_the_candidate(int candidate, string bar)
    {
        using var console = new TestConsole();
        console.Write(SplitBar.Of(new Split(new Weight(candidate)), 20));
        console.Output.Should().Be($"{bar} {100 - candidate}/{candidate} (primary/candidate)");
    }
}
