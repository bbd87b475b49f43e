using Rollouts.Core.Controls;
using Rollouts.Core.Deciding;
using Rollouts.Core.Tests.Building;
using Rollouts.Model.Analysis;
using Rollouts.Model.Status;

namespace Rollouts.Core.Tests.Gating;

/// <summary>Webhooks of type post-rollout are told how a run ended, whatever becomes of the controller meanwhile.</summary>
public class AfterwardsTests
{
    private const string Report = """ "webhooks": [{"name": "report", "url": "http://report.test/", "type": "post-rollout"}] """;

    [Fact]
    public void That_they_have_to_be_told_is_noted_in_the_write_that_ends_the_run()
    {
        Owing(Aborted().Status).Should().BeTrue();
        Owing(Promoted().Status).Should().BeTrue();
        Owing((Scenes.Progressing(40) with { Analysis = Report }).Status).Should().BeFalse("it is still under way");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_controller_that_starts_after_a_crash_tells_them_by_the_same_key_and_no_more_once_they_answered(bool promoted)
    {
        var ended = promoted ? Promoted() : Aborted();
        var crashed = ended with { Status = CanaryStatus.Parse(ended.Status.ToJson()), Controls = [] };

        var call = Needs.Gates(crashed.Seen()).Should().ContainSingle().Which;
        (call.Hook.Kind, call.Key).Should().Be((HookKind.PostRollout, Needs.Gates(ended.Seen())[0].Key));

        var told = crashed.Answered("report", true).After();
        Needs.Gates(told.Seen()).Should().BeEmpty();
        told.Decide().Status.Should().Be(told.Status);
    }

    [Fact]
    public void A_run_that_ended_while_there_was_no_such_webhook_is_not_told_to_one_that_comes_later()
    {
        var ended = (Scenes.Progressing(40)).Asked(ControlKind.Abort, "*").After();

        Needs.Gates((ended with { Analysis = Report }).Seen()).Should().BeEmpty();
    }

    [Fact]
    public void One_that_was_taken_from_the_spec_is_owed_nothing_and_keeps_no_run_from_starting()
    {
        var pushed = (Aborted() with { Analysis = """ "maxHold": "30m" """ }).Push("3");

        pushed.Decide().Status.Run?.Revision.Should().Be(Versions.V3);
        Aborted().Push("3").Decide().Status.Run?.Revision.Should().Be(Versions.V2, "the end of that is told first");
    }

    private static Scene Aborted() => (Scenes.Progressing(40) with { Analysis = Report }).Asked(ControlKind.Abort, "*").After();

    private static Scene Promoted() => (Scenes.Finalising().RouteAt(0) with { Analysis = Report, Target = Scenes.Resting("2") }).After();

    private static bool Owing(CanaryStatus status) => status.Run!.Gates.Any(gate => gate is { Kind: HookKind.PostRollout, At: null });
}
