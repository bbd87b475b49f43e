using Rollouts.Core.Blueprints;
using Rollouts.Core.Controls;
using Rollouts.Core.Tests.Building;
using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Core.Tests.Deciding;

/// <summary>Back to an earlier revision, to its end.</summary>
public class UndoTests
{
    [Theory]
    [InlineData(RunOutcome.Promoted)]
    [InlineData(RunOutcome.Initial)]
    public void A_revision_that_was_promoted_before_is_promoted_again_without_a_check(RunOutcome outcome)
    {
        var back = Asked(outcome);
        (back.Status.Phase, back.Status.Run?.Revision, back.Status.Run?.Proven, back.Status.Run?.RestoredFrom)
            .Should().Be((Phase.Progressing, Versions.V1, true, Versions.V2));
        Templates(back).Should().Contain("Deployment podinfo", "the target is given the template");

        var restored = (back with { Target = Versions.Target("1") }).After();
        restored.Status.Run?.RestoredFrom.Should().BeNull();
        var promoting = restored.After();

        promoting.Status.Phase.Should().Be(Phase.Promoting);
        promoting.Status.Message.Should().Be($"Revision {Versions.V1} was proven good before; promoting it to podinfo-primary.");
        var finalising = (promoting with { Primary = Versions.Ready(Versions.V1) }).After();
        var done = (finalising with { Target = Scenes.Resting("1") }).RouteAt(0).Decide().Status;
        (done.Phase, done.StableRevision, done.History[0].Outcome, done.History[0].Controls[0].Control).Should().Be((Phase.Succeeded, Versions.V1, RunOutcome.Promoted, "rollback"));
    }

    [Fact]
    public void One_that_never_was_is_analysed_like_a_new_one()
    {
        var back = (Asked(RunOutcome.Failed) with { Target = Versions.Target("1") }).After();

        var first = back.After();

        (first.Status.Run?.Proven, first.Status.Phase, first.Status.CanaryWeight).Should().Be((false, Phase.Progressing, new Weight(20)));
    }

    [Fact]
    public void A_proven_one_waits_for_no_window_and_one_that_was_not_does()
    {
        const string closed = """ "schedule": {"timeZone": "UTC", "windows": ["* 13 * * *"]} """;

        Ready(RunOutcome.Promoted).Decide().Status.Phase.Should().Be(Phase.Promoting);
        Ready(RunOutcome.Failed).Decide().Status.Should().Match<CanaryStatus>(status => status.Phase == Phase.Progressing && status.CanaryWeight == Weight.Zero);

        static Scene Ready(RunOutcome outcome) => ((Asked(outcome) with { Spec = closed }) with { Target = Versions.Target("1") }).After();
    }

    [Fact]
    public void Until_the_target_has_the_template_nothing_else_is_decided_and_its_old_one_is_no_push()
    {
        var back = Asked(RunOutcome.Promoted);

        var waiting = back.At(1).Decide().Status;

        (waiting.Phase, waiting.Message).Should().Be((Phase.Progressing, $"Giving podinfo what it had at revision {Versions.V1}."));
        back.At(1).Push("3").After().Decide().Status.Run?.Revision.Should().Be(Versions.V3, "somebody pushed meanwhile");
        back.At(1).Asked(ControlKind.Abort, Versions.V1).Decide().Status.Phase.Should().Be(Phase.Failed);
    }

    [Theory]
    [InlineData("2", "RollbackNeedless")]
    [InlineData("9", "RollbackUnknown")]
    public void What_serves_already_and_what_is_not_kept_starts_nothing_and_is_told(string version, string reason)
    {
        var status = Resting(RunOutcome.Promoted).Asked(ControlKind.Rollback, Versions.RevisionOf(version)).Decide().Status;

        (status.Phase, status.Journal[^1].Reason).Should().Be((Phase.Succeeded, reason));
        status.LastControls.Should().ContainKey("rollback");
    }

    /// <summary>Version 2 serves; of version 1 stands in the history how it ended.</summary>
    private static Scene Resting(RunOutcome outcome) => Scenes.Resting() with
    {
        Status = Scenes.Resting().Status with
        {
            Phase = Phase.Succeeded,
            StableRevision = Versions.V2,
            LastAppliedSpec = Versions.V2,
            LastPromotedSpec = Versions.V2,
            History = [new RunRecord { Run = "0", Revision = Versions.V1, Started = Scene.Noon, Finished = Scene.Noon, Outcome = outcome }],
        },
        Target = Scenes.Resting("2"),
        Primary = Versions.Ready(Versions.V2),
        Snapshots = Scenes.Kept("1", "2"),
    };

    private static Scene Asked(RunOutcome outcome) => Resting(outcome).Asked(ControlKind.Rollback, $"{Versions.V1} too slow").After();

    private static IEnumerable<string> Templates(Scene scene) =>
        Blueprint.For(scene.Seen(), scene.Status).OfType<Change.Shape>()
            .Where(change => change.From(new() { ["spec"] = Versions.Spec("2") })?["spec"]?["template"]?.ToJsonString() == Versions.Template("1").ToJsonString())
            .Select(change => change.Id.ToString());
}
