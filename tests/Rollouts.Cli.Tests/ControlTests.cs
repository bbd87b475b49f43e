using Rollouts.Cli.Tests.World;
using Rollouts.Model.Status;

namespace Rollouts.Cli.Tests;

public sealed class ControlTests
{
    [Fact]
    public async Task A_person_pauses_resumes_promotes_aborts_and_retries_a_run()
    {
        await using var world = await CliWorld.WithControllerAsync();
        var revision = (await world.ReleaseAsync("2")).Run!.Revision;

        await Done(world, "pause", "podinfo", "-m", "let me look");
        world.Status().Run!.Paused!.Reason.Should().StartWith("alice at ").And.EndWith(": let me look");
        await Refused(world, "paused", "pause", "podinfo");

        await Done(world, "resume", "podinfo");
        world.Status().Run!.Paused.Should().BeNull();

        await Done(world, "promote", "podinfo");
        await world.UntilAsync(status => status.Run is { Step: 2 });

        await Done(world, "abort", "podinfo", "-m", "no\ngood");
        var aborted = world.Status();
        aborted.Phase.Should().Be(Phase.Failed);
        aborted.Message.Should().Contain("rollouts-cli (alice at ").And.Contain("no good");
        aborted.History[0].Should().Match<RunRecord>(run => run.Outcome == RunOutcome.Aborted && run.By == "rollouts-cli" && run.Revision == revision);

        await Done(world, "retry", "podinfo");
        (await world.UntilAsync(status => status is { Phase: Phase.Progressing, Run.Step: 1 })).Run!.Id.Should().Be("2");

        await Done(world, "promote", "podinfo", "--full");
        (await world.UntilAsync(status => status.Phase == Phase.Succeeded)).StableRevision.Should().Be(revision);
        var (promoted, first) = (world.Status().History[0], world.Status().History[1]);
        (promoted.Outcome, promoted.By).Should().Be((RunOutcome.Promoted, "rollouts-cli"));
        promoted.Controls.Select(hand => hand.Control).Should().Equal("retry", "promote full");
        first.Controls.Select(hand => hand.Control).Should().Equal("pause", "resume", "promote", "abort");
        first.Controls.Should().OnlyContain(hand => hand.By == "rollouts-cli" && hand.Reason!.StartsWith("alice at "));
    }

    [Fact]
    public async Task The_same_verb_twice_acts_twice()
    {
        await using var world = await CliWorld.WithControllerAsync();
        await world.ReleaseAsync("2");
        await Done(world, "promote", "podinfo");
        await world.UntilAsync(status => status.Run is { Step: 2 });
        await Done(world, "promote", "podinfo");
        await world.UntilAsync(status => status.Run is { Step: 3 });
    }

    [Fact]
    public async Task With_nothing_to_act_on_a_verb_is_refused_and_writes_nothing()
    {
        await using var world = await CliWorld.WithControllerAsync();
        foreach (var verb in new[] { "promote", "abort", "pause", "resume", "retry" })
        {
            var answer = await world.RunAsync(verb, "podinfo");
            answer.Code.Should().Be(1, verb);
            answer.Error.Should().Contain($"cannot {verb}").And.Contain("Initialized").And.Contain("podinfo-primary serves");
        }
        world.Canary()["metadata"]?["annotations"]?.ToJsonString().Should().NotContain("rollouts.dev/");

        await world.ReleaseAsync("2");
        await Refused(world, "Progressing", "resume", "podinfo");
        await Refused(world, "Progressing", "retry", "podinfo");
    }

    [Fact]
    public async Task A_Canary_that_is_not_there_is_said_to_be_so()
    {
        await using var world = await CliWorld.StartAsync();
        await Refused(world, "no Canary backend in namespace default", "abort", "backend");
        await Refused(world, "no Canary backend in namespace shop", "abort", "backend", "-n", "shop");
    }

    [Fact]
    public async Task A_control_that_no_controller_takes_up_is_no_success()
    {
        await using var world = await CliWorld.StartAsync();
        await world.ApplyAsync();
        world.SetStatus(Statuses.Progressing);
        await Refused(world, "no controller has acted on it", "abort", "podinfo");
        ((string?)world.Canary()["metadata"]?["annotations"]?["rollouts.dev/abort"]).Should().StartWith($"{Statuses.Progressing.Run!.Revision} alice at ");
    }

    [Theory]
    [InlineData("""{"schedule": {"windows": ["* * * * *"], "freezes": [{"from": "2000-01-01T00:00:00Z", "to": "2999-01-01T00:00:00Z"}]}}""", "the release window opens")]
    [InlineData("""{"suspend": true}""", "spec.suspend is false")]
    public async Task A_promote_that_may_not_be_acted_on_yet_is_said_to_stand_noted_with_what_the_status_says(string spec, string until)
    {
        await using var world = await CliWorld.StartAsync();
        await world.ApplyAsync();
        world.SetStatus(Statuses.Progressing with { Message = "Release window closed until Monday." });
        world.ChangeSpec(spec);

        var answer = await world.RunAsync("promote", "canary/podinfo");

        answer.Should().Match<Answer>(said => said.Code == 0 && said.Error == "");
        answer.Out.Should().Be($"Canary podinfo: promote of revision bbbbbbbbbb stands noted until {until}: Progressing: Release window closed until Monday.\n");
        ((string?)world.Canary()["metadata"]?["annotations"]?["rollouts.dev/promote"]).Should().StartWith("bbbbbbbbbb alice at ");
    }

    private static async Task Done(CliWorld world, params string[] args)
    {
        var answer = await world.RunAsync(args);
        answer.Error.Should().BeEmpty();
        answer.Code.Should().Be(0);
        answer.Out.Should().StartWith($"Canary podinfo: {args[0]} of revision ");
    }

    private static async Task Refused(CliWorld world, string says, params string[] args)
    {
        var answer = await world.RunAsync(args);
        answer.Code.Should().Be(1);
        answer.Error.Should().Contain(says);
        answer.Out.Should().BeEmpty();
    }
}
