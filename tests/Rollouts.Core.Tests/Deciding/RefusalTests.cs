using Rollouts.Core.Blueprints;
using Rollouts.Core.Tests.Building;
using Rollouts.Model.Status;

namespace Rollouts.Core.Tests.Deciding;

/// <summary>What keeps a Canary from being acted on leaves everything as it is and says what to mend.</summary>
public class RefusalTests
{
    public static TheoryData<string, string> All => new()
    {
        { "InvalidSpec", "spec.analysis.stepWeights[1]" },
        { "Conflict", "Canary other already has this target" },
        { "NameTaken", "Deployment podinfo-primary is in the way" },
        { "NoSelectorLabel", "app, name, app.kubernetes.io/name" },
    };

    [Theory]
    [MemberData(nameof(All))]
    public void A_refused_Canary_keeps_its_phase_and_its_traffic(string reason, string says)
    {
        var scene = Refused(Scenes.Progressing(40).At(10).Measured(success: 0), reason);

        var status = scene.Decide().Status;

        (status.Phase, status.Run, status.CanaryWeight).Should().Be((Phase.Progressing, scene.Status.Run, scene.Status.CanaryWeight));
        status.Message.Should().Contain(says);
        status.Conditions.Should().Contain(condition => condition.Type == "Ready" && condition.Status == ConditionStatus.False && condition.Reason == reason);
        status.Conditions.Should().Contain(condition => condition.Type == "Stalled" && condition.Status == ConditionStatus.True);
        Blueprint.For(scene.Seen(), status).Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(All))]
    public void It_is_told_once(string reason, string says)
    {
        var refused = Refused(Scenes.Resting(), reason).After();

        refused.Status.Journal.Should().ContainSingle().Which.Should().Match<JournalEntry>(entry => entry.Warning && entry.Message.Contains(says));
        refused.At(60).Decide().Status.Should().Be(refused.Status);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Once_mended_it_goes_on_where_it_was(string reason, string says)
    {
        var mended = Scenes.Progressing(40) with { Status = Refused(Scenes.Progressing(40), reason).Decide().Status };

        var status = mended.At(5).Decide().Status;

        status.Message.Should().NotContain(says);
        status.Conditions.Should().Contain(condition => condition.Type == "Stalled" && condition.Status == ConditionStatus.False);
        mended.At(10).Measured().Decide().Status.CanaryWeight.Percent.Should().Be(60);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_refused_Canary_that_is_deleted_is_let_go(string reason, string says)
    {
        var scene = Refused(Scenes.Resting(), reason) with { IsDeleted = true };

        var status = scene.Decide().Status;

        (status.Message ?? "").Should().NotContain(says);
        Blueprint.For(scene.Seen(), status).Should().NotBeEmpty();
    }

    [Fact]
    public void A_Canary_that_was_never_acted_on_is_refused_too()
    {
        var status = Refused(Scenes.Applied(), "InvalidSpec").Decide().Status;

        (status.Phase, status.StableRevision).Should().Be((Phase.Initializing, null));
        status.LastTransitionTime.Should().Be(Scene.Noon);
    }

    private static Scene Refused(Scene scene, string reason) => reason switch
    {
        "InvalidSpec" => scene with { Steps = """ "stepWeights": [20, 20] """ },
        "Conflict" => scene with { Rival = "other" },
        "NameTaken" => scene with { Strangers = [new(ObjectKind.Deployment, "podinfo-primary")] },
        _ => scene with { Target = scene.Target! with { Selector = null } },
    };
}
