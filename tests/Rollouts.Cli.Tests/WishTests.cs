using Rollouts.Cli.Controls;
using Rollouts.Cli.Tests.World;
using Rollouts.Core.Controls;
using Rollouts.Model.Status;

namespace Rollouts.Cli.Tests;

public sealed class WishTests
{
    [Theory]
    [InlineData(Phase.Initializing)]
    [InlineData(Phase.Initialized)]
    [InlineData(Phase.Waiting, ControlKind.Abort, ControlKind.Promote)]
    [InlineData(Phase.Progressing, ControlKind.Abort, ControlKind.Promote, ControlKind.Pause)]
    [InlineData(Phase.WaitingPromotion, ControlKind.Abort, ControlKind.Promote)]
    [InlineData(Phase.Promoting, ControlKind.Abort)]
    [InlineData(Phase.Finalising)]
    [InlineData(Phase.Succeeded)]
    [InlineData(Phase.Failed, ControlKind.Retry)]
    [InlineData(Phase.Terminating)]
    public void Only_what_would_do_something_in_a_phase_can_be_asked_for(Phase phase, params ControlKind[] kinds) =>
        Possible(Statuses.Progressing with { Phase = phase }).Should().Equal(kinds);

    [Fact]
    public void A_paused_run_can_be_resumed_and_not_paused_again() =>
        Possible(With(run => run with { Paused = new Pause(Statuses.Then, "alice", null) }))
            .Should().Equal(ControlKind.Abort, ControlKind.Promote, ControlKind.Resume);

    [Fact]
    public void A_candidate_that_is_still_being_scaled_up_can_be_promoted_in_full_alone()
    {
        var status = With(run => run with { Step = 0 });

        Possible(status).Should().Equal(ControlKind.Abort, ControlKind.Pause);
        Wish.IsPossible(ControlKind.Promote, status, full: true).Should().BeTrue();
        Wish.IsPossible(ControlKind.Promote, Statuses.Progressing with { Phase = Phase.Succeeded }, full: true).Should().BeFalse();
    }

    [Fact]
    public void But_a_pause_or_a_gate_before_the_first_step_can_be_ended()
    {
        Possible(With(run => run with { Step = 0, Paused = new Pause(Statuses.Then, "alice", null) })).Should().Contain(ControlKind.Promote);
        Possible(With(run => run with { Step = 0, Holds = new Hold(Statuses.Then, "no") })).Should().Contain(ControlKind.Promote);
    }

    [Fact]
    public void The_value_names_the_revision_who_and_when_and_reads_back_as_the_same_control()
    {
        var value = ControlText.Value("bbbbbbbbbb", full: true, "alice", Statuses.Then, " looks\ngood ");
        value.Should().Be("bbbbbbbbbb full alice at 2026-03-02T03:00:00.000Z: looks good");
        var control = new Control(ControlKind.Promote, value, "rollouts-cli");
        control.Should().Match<Control>(read => read.Full && read.Means("bbbbbbbbbb") && !read.Means("aaaaaaaaaa"));
        control.Text.Should().Be("alice at 2026-03-02T03:00:00.000Z: looks good");
        ControlText.Value("bbbbbbbbbb", full: false, "alice", Statuses.Then, null).Should().NotBe(
            ControlText.Value("bbbbbbbbbb", full: false, "alice", Statuses.Then.AddMilliseconds(1), null));
    }

    private static CanaryStatus With(Func<RunStatus, RunStatus> change) => Statuses.Progressing with { Run = change(Statuses.Progressing.Run!) };

    private static ControlKind[] Possible(CanaryStatus status) => [.. Enum.GetValues<ControlKind>().Where(kind => Wish.IsPossible(kind, status))];
}
