using Rollouts.Core.Deciding;
using Rollouts.Core.Gating;
using Rollouts.Core.Tests.Building;

namespace Rollouts.Core.Tests.Deciding;

/// <summary>Gates that stand one behind the other.</summary>
public class GateOrderTests
{
    private const string Hooks = """
        "webhooks": [
          {"name": "warm", "type": "pre-rollout", "url": "http://gate"},
          {"name": "more", "type": "confirm-traffic-increase", "url": "http://gate"}
        ]
        """;

    [Fact]
    public void The_gate_to_more_traffic_is_asked_once_the_webhooks_before_the_first_step_have_said_yes()
    {
        var start = Scenes.Progressing(0) with { Analysis = Hooks };

        var warmed = Answered(start, "warm", yes: true);
        warmed.Status.Run!.Step.Should().Be(0);
        Answered(warmed, "more", yes: true).Status.Run!.Step.Should().Be(1);
        Answered(warmed, "more", yes: false).Status.Run!.Step.Should().Be(0);
    }

    /// <summary>The scene after the one webhook that is asked now, and no other, has answered.</summary>
    private static Scene Answered(Scene scene, string hook, bool yes)
    {
        var asked = Needs.Gates(scene.Seen()).Should().ContainSingle().Which;
        asked.Hook.Name.Should().Be(hook);
        return scene with { Status = Decider.Decide(scene.Seen() with { Answers = [new GateAnswer(hook, asked.Key, yes, "said")] }).Status };
    }
}
