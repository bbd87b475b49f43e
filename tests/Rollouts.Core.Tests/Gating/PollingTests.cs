using Rollouts.Core.Deciding;
using Rollouts.Core.Tests.Building;
using Rollouts.Model.Status;

namespace Rollouts.Core.Tests.Gating;

/// <summary>Gates that are asked again and again while they say no, and those that take their time.</summary>
public class PollingTests
{
    // Three tries of 30 s and two pauses of at most 30 s between them.
    private const int Longest = 150;

    [Fact]
    public void A_quick_one_is_asked_anew_in_each_interval()
    {
        var waiting = Waiting("\"timeout\": \"2s\"");

        Key(waiting.At(10)).Should().NotBe(Key(waiting));
        Key(waiting.At(9)).Should().Be(Key(waiting), "it is the same question until then");
        waiting.Answered("gate", false).Decide().LookAgainAt.Should().Be(Scene.Noon.AddSeconds(10));
    }

    [Fact]
    public void One_that_may_take_longer_than_an_interval_is_given_the_time_of_all_its_tries()
    {
        var waiting = Waiting("\"timeout\": \"30s\", \"retries\": 2");

        Key(waiting.At(Longest - 1)).Should().Be(Key(waiting), "an answer that comes late still answers the question");
        Key(waiting.At(Longest)).Should().NotBe(Key(waiting));
        waiting.At(Longest - 1).Answered("gate", true).Decide().Status.Phase.Should().Be(Phase.Progressing);
        waiting.Answered("gate", false).Decide().LookAgainAt.Should().Be(Scene.Noon.AddSeconds(Longest));
    }

    [Fact]
    public void A_no_that_comes_again_costs_no_write_and_ends_nothing()
    {
        var refused = Waiting("\"timeout\": \"30s\", \"retries\": 2").Answered("gate", false).After();

        var again = refused.At(Longest).Answered("gate", false).Decide();

        again.Status.Should().Be(refused.Status);
        again.LookAgainAt.Should().Be(Scene.Noon.AddSeconds(2 * Longest));
        refused.At(10 * Longest).Answered("gate", true).Decide().Status.Phase.Should().Be(Phase.Progressing);
    }

    [Fact]
    public void Whoever_leads_anew_asks_the_same_question_by_the_same_key()
    {
        var waiting = Waiting("\"timeout\": \"30s\", \"retries\": 2").At(100);

        Key(waiting with { Route = RouteFacts.None }).Should().Be(Key(waiting), "the key follows from the status and the time alone");
    }

    private static Scene Waiting(string hook) => (Scenes.Resting() with
    {
        Target = Versions.Target("2"),
        Analysis = $$""" "webhooks": [{"name": "gate", "url": "http://gate.test/", "type": "confirm-rollout", {{hook}}}] """,
    }).After();

    private static string Key(Scene scene) => Needs.Gates(scene.Seen()).Should().ContainSingle().Which.Key;
}
