using System.Text.Json.Nodes;
using Rollouts.Cli.Tests.World;
using Rollouts.Model.Status;

namespace Rollouts.Cli.Tests;

public sealed class HistoryTests
{
    [Fact]
    public async Task The_runs_that_have_ended_are_listed_with_how_far_they_came_and_who_ended_them()
    {
        await using var world = await CliWorld.StartAsync();
        await world.ApplyAsync();
        var aborted = Statuses.Progressing.History[0] with
        {
            Run = "2",
            Outcome = RunOutcome.Aborted,
            By = "kubectl-annotate",
            Reason = "By hand.",
            Controls = [new HandRecord("pause", "rollouts-cli", "alice: let me look", Statuses.Then.AddHours(-3)), new HandRecord("abort", "kubectl-annotate", null, Statuses.Then.AddHours(-2))],
        };
        world.SetStatus(Statuses.Progressing with { History = [aborted, .. Statuses.Progressing.History] });

        (await world.RunAsync("history", "podinfo")).Out.Split('\n').Should().Equal(
            "RUN   REVISION     OUTCOME    STARTED                DURATION   REACHED   BY                 REASON",
            "2     aaaaaaaaaa   Aborted    2026-03-02T00:00:00Z   60m        40/60     kubectl-annotate   By hand.",
            "                   - pause    2026-03-02T00:00:00Z                        rollouts-cli       alice: let me look",
            "                   - abort    2026-03-02T01:00:00Z                        kubectl-annotate",
            "1     aaaaaaaaaa   Promoted   2026-03-02T00:00:00Z   60m        40/60                        Revision aaaaaaaaaa of podinfo was promoted and serves all traffic.",
            "");
        var json = JsonNode.Parse((await world.RunAsync("history", "podinfo", "-o", "json")).Out)!.AsArray();
        json.Select(run => (string?)run?["outcome"]).Should().Equal("Aborted", "Promoted");
        json[0]?["controls"]?[0]?.ToJsonString().Should().Be("""{"control":"pause","by":"rollouts-cli","reason":"alice: let me look","at":"2026-03-02T00:00:00Z"}""");
        (await world.RunAsync("history", "podinfo", "-o", "yaml")).Out.Should().StartWith("- run: \"2\"\n");
    }

    [Fact]
    public async Task A_canary_without_an_ended_run_is_said_to_have_none()
    {
        await using var world = await CliWorld.StartAsync();
        await world.ApplyAsync();
        (await world.RunAsync("history", "podinfo")).Should().Match<Answer>(answer => answer.Code == 0 && answer.Out == "" && answer.Error.Contains("has ended yet"));
        (await world.RunAsync("history", "podinfo", "-o", "json")).Out.Trim().Should().Be("[]");
        (await world.RunAsync("history", "backend")).Should().Match<Answer>(answer => answer.Code == 1 && answer.Error.Contains("no Canary backend"));
    }

    [Fact]
    public async Task A_rollback_asks_for_the_revision_and_is_done_when_a_controller_has_taken_it_up()
    {
        await using var world = await CliWorld.StartAsync();
        await world.ApplyAsync();
        world.SetStatus(Statuses.Progressing with { Phase = Phase.Succeeded, StableRevision = "bbbbbbbbbb" });
        var asking = world.RunAsync("rollback", "podinfo", "--to", "aaaaaaaaaa", "-m", "too slow");
        var value = await AnnotationAsync(world);
        value.Should().StartWith("aaaaaaaaaa alice at ").And.EndWith(": too slow");
        world.SetStatus(Statuses.Progressing with { LastControls = Statuses.Progressing.LastControls.With("rollback", value), Message = "taken up" });

        var answer = await asking;
        answer.Code.Should().Be(0, answer.Error);
        answer.Out.Should().Be("Canary podinfo: rollback to revision aaaaaaaaaa: Progressing: taken up\n");
    }

    [Theory]
    [InlineData("cccccccccc", "no revision cccccccccc in the history")]
    [InlineData("bbbbbbbbbb", "serves already")]
    public async Task A_rollback_to_what_is_not_kept_or_serves_already_is_refused_and_writes_nothing(string revision, string says)
    {
        await using var world = await CliWorld.StartAsync();
        await world.ApplyAsync();
        world.SetStatus(Statuses.Progressing with { Phase = Phase.Succeeded, StableRevision = "bbbbbbbbbb" });
        var answer = await world.RunAsync("rollback", "podinfo", "--to", revision);
        answer.Code.Should().Be(1);
        answer.Error.Should().Contain(says).And.Contain("mend:");
        world.Canary()["metadata"]?["annotations"]?["rollouts.dev/rollback"].Should().BeNull();
    }

    private static async Task<string> AnnotationAsync(CliWorld world)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            if ((string?)world.Canary()["metadata"]?["annotations"]?["rollouts.dev/rollback"] is { } value)
                return value;
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, limit.Token);
        }
    }
}
