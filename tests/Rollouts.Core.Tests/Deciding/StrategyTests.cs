using Rollouts.Core.Routing;
using Rollouts.Core.Tests.Building;
using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Core.Tests.Deciding;

/// <summary>Every strategy from its first step to its promotion, with checks that pass and a route that follows.</summary>
public class StrategyTests
{
    private const string Match = """ "match": [{"headers": {"x-tester": {"exact": "yes"}}}] """;

    // D9: in Flagger a mirrored ramp may stand at weight 0 for ever.
    [Fact]
    public void A_mirrored_ramp_copies_first_and_then_gives_weight() =>
        Walk(""" "stepWeights": [20, 40], "mirror": true, "mirrorWeight": 50 """, "\"maxHold\": \"30m\"").Select(status => $"{Traffic.Of(status.Run!)}")
            .Should().Equal("100/0 with 50% mirrored", "80/20", "60/40", "60/40");

    // D17: in Flagger a blue/green run of one iteration falls back to iteration 0.
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Blue_green_gives_no_user_to_the_candidate_before_its_iterations_are_done_and_then_all(int iterations)
    {
        var steps = Walk($""" "iterations": {iterations} """, "\"maxHold\": \"30m\"");

        steps.Select(status => status.CanaryWeight.Percent).Should().Equal([.. Enumerable.Repeat(0, iterations), 100, 100]);
        steps.Select(status => status.Iterations).Should().Equal([.. Enumerable.Range(1, iterations), iterations, iterations]);
        steps[^1].Phase.Should().Be(Phase.Promoting);
    }

    [Fact]
    public void An_A_B_run_has_the_requests_that_match_all_the_time()
    {
        var steps = Walk(""" "iterations": 3 """, Match);

        steps.Select(status => (status.CanaryWeight.Percent, status.Iterations, status.Phase))
            .Should().Equal((100, 1, Phase.Progressing), (100, 2, Phase.Progressing), (100, 3, Phase.Progressing), (100, 3, Phase.Promoting));
    }

    [Fact]
    public void An_explicit_program_folds_weight_copies_and_scale()
    {
        var steps = Walk(
            """ "steps": [{"setCanaryScale": {"replicas": 2}}, {"mirror": {"percent": 10}}, {"setWeight": 25}, {"analyze": {"for": "30s", "minRequests": 500}}] """,
            "\"maxHold\": \"30m\"");

        steps.Select(status => $"{Traffic.Of(status.Run!)} {status.Run!.Scale}")
            .Should().Equal("100/0 2", "100/0 with 10% mirrored 2", "75/25 2", "75/25 2", "75/25 2");
    }

    private static List<CanaryStatus> Walk(string steps, string analysis)
    {
        var scene = Scenes.Resting() with { Target = Versions.Target("2"), Steps = steps, Analysis = analysis };
        var statuses = new List<CanaryStatus>();
        scene = scene.After();
        for (var second = 0; scene.Status.Phase == Phase.Progressing && second < 1000; second++)
        {
            var before = scene.Status;
            scene = scene.At(second).Measured().After();
            if (scene.Status.Run!.Step == before.Run!.Step && scene.Status.Phase == before.Phase)
                continue;
            statuses.Add(scene.Status);
            var traffic = Traffic.Of(scene.Status.Run);
            scene = scene with { Route = scene.Route.IsAt(traffic) ? scene.Route : new RouteFacts(true, traffic, scene.Now) };
        }
        return statuses;
    }
}
