using System.Text.Json.Nodes;
using Rollouts.Cli.Waiting;
using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Cli.Tests;

public sealed class PursuitTests
{
    private const string Old = "aaaaaaaaaa";
    private const string New = "bbbbbbbbbb";
    private const string Newer = "cccccccccc";

    private static readonly DateTimeOffset Then = new(2026, 3, 2, 3, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(Phase.Succeeded)]
    [InlineData(Phase.Initialized)]
    public void What_serves_already_is_promoted_at_once(Phase phase) => End(Seen(At(phase), Old)).Should().Be(Result.Promoted);

    [Theory]
    [InlineData(Phase.Succeeded)]
    [InlineData(Phase.Initialized)]
    [InlineData(Phase.Failed)]
    public void After_a_push_a_phase_that_speaks_of_the_revision_before_is_not_believed(Phase phase) =>
        End(Seen(phase == Phase.Failed ? Running(Phase.Failed, Newer) : At(phase), New)).Should().BeNull();

    [Fact]
    public void A_canary_that_no_controller_has_looked_at_is_waited_for() => End(Seen(CanaryStatus.None, Old)).Should().BeNull();

    [Fact]
    public void A_run_is_followed_to_its_promotion() =>
        End(
            Seen(At(Phase.Succeeded), New),
            Seen(Running(Phase.Progressing, New), New),
            Seen(Running(Phase.Promoting, New), New),
            Seen(Running(Phase.Finalising, New) with { StableRevision = New }, New),
            Seen(Ended(Running(Phase.Succeeded, New) with { StableRevision = New }, RunOutcome.Promoted), New)).Should().Be(Result.Promoted);

    [Fact]
    public void A_promotion_stands_though_the_next_push_is_on_its_way() =>
        End(
            Seen(Running(Phase.Finalising, New) with { StableRevision = New }, New),
            Seen(Ended(Running(Phase.Succeeded, New) with { StableRevision = New }, RunOutcome.Promoted), Newer)).Should().Be(Result.Promoted);

    [Fact]
    public void A_revision_that_has_all_traffic_only_in_part_is_not_yet_promoted() =>
        End(Seen(Running(Phase.Finalising, New) with { StableRevision = New }, New)).Should().BeNull();

    [Theory]
    [InlineData(RunOutcome.Failed)]
    [InlineData(RunOutcome.Aborted)]
    public void A_run_that_failed_or_was_aborted_is_rolled_back_for_the_reason_that_is_recorded(RunOutcome outcome)
    {
        var failed = Ended(Running(Phase.Failed, New), outcome);
        End(Seen(Running(Phase.Progressing, New), New), Seen(failed, New)).Should().Be(Result.RolledBack);
        Ending(Seen(failed, New))!.Sentence.Should().Be("recorded");
    }

    [Fact]
    public void A_run_that_failed_stays_so_though_the_fix_is_pushed_at_once() =>
        End(Seen(Running(Phase.Progressing, New), New), Seen(Ended(Running(Phase.Failed, New), RunOutcome.Failed), Newer)).Should().Be(Result.RolledBack);

    [Fact]
    public void A_failed_revision_that_is_tried_again_is_followed_in_its_new_run() =>
        End(Seen(Ended(Running(Phase.Failed, New), RunOutcome.Failed, "1") with { Run = Run(New, "2"), Phase = Phase.Progressing }, New)).Should().BeNull();

    [Theory]
    [InlineData(RunOutcome.Promoted, Result.Promoted)]
    [InlineData(RunOutcome.Failed, Result.RolledBack)]
    public void A_superseded_run_is_followed_to_the_end_of_the_one_that_took_its_place(RunOutcome outcome, object result)
    {
        var superseded = Ended(Running(Phase.Progressing, New), RunOutcome.Superseded) with { Run = Run(Newer, "3") };
        var phase = outcome == RunOutcome.Promoted ? Phase.Succeeded : Phase.Failed;
        End(Seen(Running(Phase.Progressing, New), New), Seen(superseded, Newer)).Should().BeNull();
        End(
            Seen(Running(Phase.Progressing, New), New),
            Seen(superseded, Newer),
            Seen(Ended(superseded with { Phase = phase }, outcome), Newer)).Should().Be((Result)result);
    }

    [Fact]
    public void A_revision_that_is_set_back_in_mid_run_is_rolled_back() =>
        End(Seen(Running(Phase.Progressing, New), New), Seen(Ended(Running(Phase.Finalising, New), RunOutcome.Reverted), Old)).Should().Be(Result.RolledBack);

    [Fact]
    public void A_revision_that_is_set_back_before_its_run_began_is_rolled_back() =>
        End(Seen(At(Phase.Succeeded), New), Seen(At(Phase.Succeeded), Old)).Should().Be(Result.RolledBack);

    [Fact]
    public void Setting_back_is_waited_for_until_the_primary_has_all_traffic_again()
    {
        var reverting = Ended(Running(Phase.Finalising, New), RunOutcome.Reverted);
        End(Seen(Running(Phase.Progressing, New), Old)).Should().BeNull();
        End(Seen(Running(Phase.Progressing, New), Old), Seen(reverting, Old)).Should().BeNull();
        End(Seen(Running(Phase.Progressing, New), Old), Seen(reverting, Old), Seen(reverting with { Phase = Phase.Succeeded }, Old)).Should().Be(Result.Promoted);
    }

    [Theory]
    [InlineData(Phase.Finalising)]
    [InlineData(Phase.Succeeded)]
    public void A_revision_that_was_set_back_and_is_pushed_again_gets_a_run_of_its_own(Phase phase) =>
        End(Seen(Ended(Running(phase, New), RunOutcome.Reverted), New)).Should().BeNull();

    [Fact]
    public void A_second_push_before_a_run_began_is_the_one_that_is_waited_for() =>
        End(
            Seen(At(Phase.Succeeded), New),
            Seen(At(Phase.Succeeded), Newer),
            Seen(Running(Phase.Succeeded, Newer) with { StableRevision = Newer }, Newer)).Should().Be(Result.Promoted);

    [Fact]
    public void Without_a_kept_history_phase_and_revision_tell()
    {
        var begun = Seen(Running(Phase.Progressing, New), New);
        End(begun, Seen(Running(Phase.Succeeded, New) with { StableRevision = New }, New)).Should().Be(Result.Promoted);
        End(begun, Seen(Running(Phase.Failed, New), New)).Should().Be(Result.RolledBack);
        End(begun, Seen(Running(Phase.Progressing, Newer, "3") with { StableRevision = New }, Newer)).Should().Be(Result.Promoted);
        End(begun, Seen(Running(Phase.Progressing, Newer, "3"), Newer)).Should().BeNull();
        End(begun, Seen(Running(Phase.Succeeded, New), Old)).Should().Be(Result.RolledBack);
    }

    [Fact]
    public void A_target_that_is_not_there_yet_is_waited_for() =>
        End(Seen(CanaryStatus.None, null), Seen(At(Phase.Initialized), Old)).Should().Be(Result.Promoted);

    [Fact]
    public void A_run_that_a_person_holds_is_paused()
    {
        Paused(Seen(Running(Phase.WaitingPromotion, New), New)).Should().BeTrue();
        Paused(Seen(Held(New), New)).Should().BeTrue();
        Paused(Seen(Running(Phase.Progressing, New), New, suspend: true)).Should().BeTrue();
        Paused(Seen(At(Phase.Waiting), New, suspend: true)).Should().BeTrue();
    }

    [Fact]
    public void A_run_that_goes_on_by_itself_is_not_paused()
    {
        Paused(Seen(Running(Phase.Progressing, New), New)).Should().BeFalse();
        Paused(Seen(Running(Phase.Promoting, New), New)).Should().BeFalse();
        Paused(Seen(At(Phase.Waiting), New)).Should().BeFalse();
        Paused(Seen(At(Phase.Succeeded), Old, suspend: true)).Should().BeFalse();
    }

    [Fact]
    public void A_pause_of_the_revision_before_is_not_that_of_the_one_just_pushed() => Paused(Seen(Held(New), Newer)).Should().BeFalse();

    [Theory]
    [InlineData(1, "InvalidSpec", true)]
    [InlineData(2, "InvalidSpec", false)]
    [InlineData(1, "Failed", false)]
    public void A_refusal_counts_for_the_spec_that_it_was_said_of(int generation, string reason, bool counts)
    {
        var stalled = new Condition
        {
            Type = Condition.Stalled,
            Status = ConditionStatus.True,
            Reason = reason,
            Message = "wrong",
            LastTransitionTime = Then,
            ObservedGeneration = 1,
        };
        var seen = Seen(At(Phase.Succeeded) with { Conditions = [stalled] }, Old, generation: generation);
        seen.Refusal.Should().Be(counts ? "wrong" : null);
    }

    [Theory]
    [InlineData("Promoted", "Promoted", 0)]
    [InlineData("Paused", "Paused", 0)]
    [InlineData("Promoted", "Paused", 2)]
    [InlineData("Promoted", "TimedOut", 3)]
    [InlineData("Paused", "TimedOut", 3)]
    [InlineData("Promoted", "RolledBack", 4)]
    [InlineData("Paused", "RolledBack", 4)]
    public void Each_result_has_its_exit_code(string goal, string result, int code) =>
        new Ending(Enum.Parse<Result>(result), "").CodeFor(Enum.Parse<Goal>(goal)).Should().Be(code);

    private static CanaryStatus At(Phase phase) => new() { Phase = phase, StableRevision = Old, LastAppliedSpec = Old, Message = phase.ToString() };

    private static CanaryStatus Running(Phase phase, string revision, string id = "2") => At(phase) with { LastAppliedSpec = revision, Run = Run(revision, id) };

    private static CanaryStatus Held(string revision) =>
        Running(Phase.Progressing, revision) with { Run = Run(revision, "2") with { Paused = new Pause(Then, "alice", null) } };

    private static RunStatus Run(string revision, string id) => new() { Id = id, Revision = revision, StartedAt = Then, Step = 1 };

    private static CanaryStatus Ended(CanaryStatus status, RunOutcome outcome, string? id = null) => status with
    {
        History =
        [
            new RunRecord
            {
                Run = id ?? status.Run!.Id, Revision = status.Run!.Revision, Started = Then, Finished = Then, Outcome = outcome, Reason = "recorded",
            },
            .. status.History,
        ],
    };

    private static Sight Seen(CanaryStatus status, string? live, bool suspend = false, int generation = 1)
    {
        var json = JsonNode.Parse($$"""
            {
              "apiVersion": "rollouts.dev/v1beta1", "kind": "Canary", "metadata": {"name": "podinfo", "namespace": "default", "generation": {{generation}}},
              "spec": {
                "targetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "podinfo"}, "service": {"port": 80},
                "analysis": {"stepWeights": [10]}, "suspend": {{(suspend ? "true" : "false")}}
              }
            }
            """)!.AsObject();
        json["status"] = status.ToJson();
        return new Sight(Canary.Parse(json), live);
    }

    private static Ending? Ending(params Sight[] sights) => Pursue(sights).End(sights[^1]);

    private static Result? End(params Sight[] sights) => Ending(sights)?.Result;

    private static bool Paused(Sight seen) => Pursue(seen).Pause(seen) is not null;

    private static Pursuit Pursue(params Sight[] sights) => sights.Aggregate(new Pursuit(), (pursuit, seen) => pursuit.Follow(seen));
}
