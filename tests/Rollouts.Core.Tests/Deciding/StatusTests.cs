using Rollouts.Core.Deciding;
using Rollouts.Core.Tests.Building;
using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Core.Tests.Deciding;

/// <summary>What every status has, whatever the phase.</summary>
public class StatusTests
{
    public static TheoryData<Phase> Phases => [.. Enum.GetValues<Phase>()];

    [Theory]
    [InlineData(Phase.Initializing, "Unknown", "False", "True", "False")]
    [InlineData(Phase.Initialized, "True", "True", "False", "False")]
    [InlineData(Phase.Waiting, "Unknown", "False", "True", "False")]
    [InlineData(Phase.Progressing, "Unknown", "False", "True", "False")]
    [InlineData(Phase.WaitingPromotion, "Unknown", "False", "True", "False")]
    [InlineData(Phase.Promoting, "Unknown", "False", "True", "False")]
    [InlineData(Phase.Finalising, "Unknown", "False", "True", "False")]
    [InlineData(Phase.Succeeded, "True", "True", "False", "False")]
    [InlineData(Phase.Failed, "False", "False", "False", "True")]
    [InlineData(Phase.Terminating, "Unknown", "False", "True", "False")]
    public void A_phase_is_a_set_of_conditions(Phase phase, string promoted, string ready, string reconciling, string stalled)
    {
        var status = Quiet(phase).Decide().Status;

        status.Phase.Should().Be(phase);
        status.Conditions.Select(condition => $"{condition.Type}={condition.Status}")
            .Should().Equal($"Promoted={promoted}", $"Ready={ready}", $"Reconciling={reconciling}", $"Stalled={stalled}");
        status.Conditions.Should().OnlyContain(condition =>
            condition.Reason == phase.ToString() && condition.Message == status.Message && condition.ObservedGeneration == 4);
    }

    [Fact]
    public void A_condition_keeps_the_time_at_which_its_status_changed()
    {
        var running = Scenes.Resting().After().Push("2").At(100).After();
        Time(running, Condition.Ready).Should().Be(Scene.Noon.AddSeconds(100));

        var failed = running.At(200).WithTarget(pods => pods with { Failure = new("p", "OOMKilled", "137") }).After();
        failed.Status.Phase.Should().Be(Phase.Failed);
        Time(failed, Condition.Ready).Should().Be(Scene.Noon.AddSeconds(100), "it was not ready before either");
        Time(failed, Condition.Stalled).Should().Be(Scene.Noon.AddSeconds(200));

        static DateTimeOffset Time(Scene scene, string type) => scene.Status.Conditions.Single(condition => condition.Type == type).LastTransitionTime;
    }

    [Theory]
    [MemberData(nameof(Phases))]
    public void Looking_again_at_an_unchanged_world_settles(Phase phase)
    {
        var scene = Quiet(phase).Measured(success: 98);
        for (var round = 0; round < 5; round++)
            scene = scene.After();

        var again = scene.Decide();

        again.Status.Should().Be(scene.Status);
        (again.LookAgainAt ?? DateTimeOffset.MaxValue).Should().BeAfter(scene.Now);
    }

    [Theory]
    [MemberData(nameof(Phases))]
    public void Time_alone_changes_nothing_that_is_written_down_while_nothing_is_due(Phase phase)
    {
        var settled = Quiet(phase).After().After();

        settled.At(3).Decide().Status.Should().Be(settled.Status);
    }

    [Fact]
    public void The_phase_has_the_time_of_its_change()
    {
        var running = Scenes.Resting().Push("2").At(7).After();
        running.Status.LastTransitionTime.Should().Be(Scene.Noon.AddSeconds(7));

        running.At(9).After().Status.LastTransitionTime.Should().Be(Scene.Noon.AddSeconds(7));
    }

    [Fact]
    public void Journal_entries_are_numbered_without_gaps_and_the_oldest_are_dropped()
    {
        var scene = Scenes.Progressing() with { Threshold = 50 };
        for (var check = 1; check <= 14; check++)
            scene = scene.At(10 * check).Measured(success: 1).After();

        scene.Status.Journal.Select(entry => entry.Number).Should().Equal(Enumerable.Range(5, 10).Select(number => (long)number));
    }

    [Fact]
    public void A_decision_survives_the_way_through_the_cluster()
    {
        var status = Scenes.Progressing().At(10).Measured(success: 98.765).Decide().Status;

        CanaryStatus.Parse(status.ToJson()).Should().Be(status);
    }

    [Fact]
    public void A_Canary_that_cannot_be_read_at_all_changes_nothing()
    {
        var seen = Scenes.Resting().Seen();
        var unread = seen with { Canary = seen.Canary with { Spec = null } };

        Decider.Decide(unread).Should().Be(new Decision(seen.Status, null));
    }

    /// <summary>A scene of the phase in which nothing is due and nothing is missing but what the phase waits for.</summary>
    private static Scene Quiet(Phase phase) => phase switch
    {
        Phase.Initializing => Scenes.Initializing(),
        Phase.Initialized => Scenes.Resting(),
        Phase.Waiting => (Scenes.Resting().Push("2") with { Spec = """ "suspend": true """ }).After(),
        Phase.Progressing => Scenes.Progressing().At(1),
        Phase.WaitingPromotion => Scenes.WaitingPromotion().At(1),
        Phase.Promoting => Scenes.Promoting(),
        Phase.Finalising => Scenes.Finalising(),
        Phase.Succeeded => Scenes.Resting() with { Status = Scenes.Resting().Status with { Phase = Phase.Succeeded } },
        Phase.Failed => Scenes.Failed(),
        Phase.Terminating => Scenes.Terminating(),
    };
}
