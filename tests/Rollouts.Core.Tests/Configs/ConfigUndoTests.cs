using Rollouts.Core.Controls;
using Rollouts.Core.Tests.Building;
using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Core.Tests.Configs;

/// <summary>Back to a revision whose ConfigMaps and Secrets held something else. Those are their owner's, and not ours to change.</summary>
public class ConfigUndoTests
{
    [Fact]
    public void Where_a_config_holds_something_else_by_now_the_way_back_is_declined_with_where_the_old_contents_are_kept()
    {
        var status = Resting("red", "blue").Asked(ControlKind.Rollback, ConfigCopiesTests.RevisionOf("red")).Decide().Status;

        (status.Phase, status.LastControls.ContainsKey("rollback")).Should().Be((Phase.Succeeded, true));
        status.Message.Should().Be(
            "Revision with-red of podinfo had other contents in ConfigMap colors, which are kept in ConfigMap podinfo-colors-red. What is yours is not "
            + "changed by us, and without them this would be another revision: put them back, then ask again.");
        status.Journal[^1].Reason.Should().Be("RollbackNeedsConfigs");
    }

    [Fact]
    public void Where_it_holds_the_same_the_way_back_is_taken()
    {
        var status = (Resting("red", "red") with { Target = Newer("red") }).Asked(ControlKind.Rollback, ConfigCopiesTests.RevisionOf("red")).Decide().Status;

        (status.Phase, status.Run?.Revision, status.Run?.RestoredFrom).Should().Be((Phase.Progressing, "with-red", "newer"));
    }

    [Fact]
    public void In_mid_run_it_is_called_off_all_the_same_so_that_traffic_is_on_what_was_proven()
    {
        var run = ConfigCopiesTests.Run("red", "blue").Asked(ControlKind.Rollback, ConfigCopiesTests.RevisionOf("red")).After();
        (run.Status.Phase, run.Status.CanaryWeight).Should().Be((Phase.Failed, Weight.Zero));

        var declined = run.After();

        declined.Status.Journal[^1].Reason.Should().Be("RollbackNeedsConfigs");
        declined.Decide().Status.Phase.Should().Be(Phase.Failed);
    }

    [Fact]
    public void A_config_that_turns_out_to_hold_something_else_only_once_the_template_is_back_is_not_passed_over_in_silence()
    {
        var scene = ConfigCopiesTests.Run("red", "blue");
        var back = scene.WithRun(run => run with { Step = 0, Split = Split.AllPrimary, Controls = [new HandRecord("rollback", "kubectl", null, Scene.Noon)] })
            with
        { Target = ConfigCopiesTests.Target("green") };

        var status = back.RouteAt(0).Decide().Status;

        status.History[0].Outcome.Should().Be(RunOutcome.Superseded);
        status.Message.Should().Be(
            "podinfo has the template of revision with-blue again, but ConfigMap colors holds other contents than then, which are kept in "
            + "ConfigMap podinfo-colors-blue: together they are revision with-green, which is analysed like a new one.");
        (scene with { Target = ConfigCopiesTests.Target("green") }).Decide().Status.Message.Should().StartWith("New revision with-green", "nobody went back");
    }

    /// <summary>The primary runs the promoted contents, and the target rests with what its config holds now.</summary>
    private static Scene Resting(string kept, string live)
    {
        var scene = ConfigCopiesTests.Run(kept, live);
        return scene with
        {
            Status = scene.Status with { Phase = Phase.Succeeded, StableRevision = ConfigCopiesTests.RevisionOf(live), LastAppliedSpec = live == kept ? "newer" : ConfigCopiesTests.RevisionOf(live) },
        };
    }

    private static TargetFacts Newer(string digest)
    {
        var target = ConfigCopiesTests.Target(digest);
        return target with { Workload = target.Workload with { Revision = "newer" } };
    }
}
