using Rollouts.Core.Tests.Building;
using Rollouts.Model.Status;

namespace Rollouts.Core.Tests.Deciding;

public class TerminatingTests
{
    [Theory]
    [InlineData(Phase.Initializing)]
    [InlineData(Phase.Progressing)]
    [InlineData(Phase.Promoting)]
    [InlineData(Phase.Failed)]
    public void A_deleted_Canary_terminates_whatever_it_was_doing(Phase phase)
    {
        var scene = phase switch
        {
            Phase.Initializing => Scenes.Initializing(),
            Phase.Progressing => Scenes.Progressing(),
            Phase.Promoting => Scenes.Promoting(),
            _ => Scenes.Failed(),
        };

        var gone = (scene with { IsDeleted = true }).After();

        gone.Status.Phase.Should().Be(Phase.Terminating);
        gone.Status.Journal[^1].Reason.Should().Be("Terminating");
        gone.Decide().Status.Should().Be(gone.Status);
    }

    [Fact]
    public void It_says_what_is_done_to_the_traffic()
    {
        Scenes.Terminating().Decide().Status.Message.Should().Be("Handing traffic and replicas back to podinfo before podinfo-primary is removed.");
        (Scenes.Terminating() with { Spec = """ "deletionPolicy": "orphan" """ }).Decide()
            .Status.Message.Should().Be("Leaving podinfo-primary, the Services and the route as they are.");
    }

    [Fact]
    public void It_looks_again_once_the_proxies_have_followed_and_never_for_a_time_that_has_passed()
    {
        var handedBack = Scenes.Terminating() with { HandedBackSince = Scene.Noon };

        handedBack.At(1).Decide().LookAgainAt.Should().Be(Scene.Noon + Observation.Settling);
        handedBack.At(60).Decide().LookAgainAt.Should().BeNull();
    }

    [Fact]
    public void A_new_revision_in_the_target_starts_no_run() =>
        Scenes.Terminating().Push("2").Decide().Status.Phase.Should().Be(Phase.Terminating);
}
