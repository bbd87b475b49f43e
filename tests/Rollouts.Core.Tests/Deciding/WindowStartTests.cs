using Rollouts.Core.Controls;
using Rollouts.Core.Tests.Building;
using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Core.Tests.Deciding;

/// <summary>A revision that comes while the release window is closed.</summary>
public class WindowStartTests
{
    private const string FromOne = """ "schedule": {"timeZone": "UTC", "windows": ["* 13 * * *"]} """;

    [Fact]
    public void It_waits_with_until_when_and_starts_when_the_window_opens()
    {
        var waiting = Pushed().After();
        (waiting.Status.Phase, waiting.Status.CanaryWeight, waiting.Status.LastAppliedSpec).Should().Be((Phase.Waiting, Weight.Zero, Versions.V1));
        waiting.Status.Message.Should().StartWith("Release window closed until Sun 2026-03-01 13:00 +00:00");

        waiting.Decide().LookAgainAt.Should().Be(Scene.Noon.AddHours(1));
        waiting.At(3599).Decide().Status.Should().Be(waiting.Status, "waiting costs no write");
        waiting.At(3600).Decide().Status.Should().Match<CanaryStatus>(status => status.Phase == Phase.Progressing && status.LastAppliedSpec == Versions.V2);
    }

    [Fact]
    public void In_an_open_window_it_starts_at_once() => Pushed().At(3600).Decide().Status.Phase.Should().Be(Phase.Progressing);

    [Fact]
    public void The_deadline_of_its_candidate_begins_with_the_run_and_not_with_the_wait()
    {
        var started = Pushed().After().At(3600).After();

        started.Status.Run?.StartedAt.Should().Be(Scene.Noon.AddHours(1));
        started.At(3659).WithTarget(pods => pods with { Available = 1 }).Decide().Status.Phase.Should().Be(Phase.Progressing);
        started.At(3660).WithTarget(pods => pods with { Available = 1 }).Decide().Status.Phase.Should().Be(Phase.Failed);
    }

    [Fact]
    public void The_newest_of_several_pushes_is_the_one_that_starts()
    {
        var waiting = Pushed().After().Push("3").After();

        waiting.Status.Run?.Revision.Should().Be(Versions.V3);
        waiting.At(3600).Decide().Status.LastAppliedSpec.Should().Be(Versions.V3);
    }

    [Fact]
    public void A_promote_does_not_open_it_and_an_abort_needs_no_open_one()
    {
        var waiting = Pushed().After();

        var promoted = waiting.Asked(ControlKind.Promote, Versions.V2).After();
        promoted.Status.Should().Be(waiting.Status);
        promoted.At(3600).Decide().Status.Phase.Should().Be(Phase.Progressing);
        waiting.Asked(ControlKind.Abort, Versions.V2).Decide().Status.Phase.Should().Be(Phase.Failed);
    }

    private static Scene Pushed() => Scenes.Resting() with { Target = Versions.Target("2"), Spec = FromOne };
}
