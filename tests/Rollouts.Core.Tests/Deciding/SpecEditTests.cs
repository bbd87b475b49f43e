using Rollouts.Core.Tests.Building;
using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Core.Tests.Deciding;

/// <summary>The program is edited under a run, and stays of its kind: the run goes on from where it is.</summary>
public class SpecEditTests
{
    private const string Match = """ "match": [{"headers": {"x-tester": {"exact": "yes"}}}] """;

    private const string None = """ "maxHold": "30m" """;

    [Theory]
    [InlineData(""" "stepWeights": [20, 50] """, 50)]
    [InlineData(""" "stepWeights": [5, 10, 20, 25] """, 25)]
    [InlineData(""" "stepWeight": 15, "maxWeight": 45 """, 30)]
    [InlineData(""" "steps": [{"setWeight": 20}, {"setWeight": 35}] """, 35)]
    public void A_ramp_goes_on_to_the_next_weight_of_the_new_program(string steps, int next) =>
        (Scenes.Progressing() with { Steps = steps }).At(10).Measured().Decide().Status.CanaryWeight.Should().Be(new Weight(next));

    [Theory]
    [InlineData(""" "stepWeights": [20] """)]
    [InlineData(""" "stepWeights": [10, 15] """)]
    public void One_that_ends_at_or_before_the_present_weight_is_promoted_after_its_check(string steps)
    {
        var scene = (Scenes.Progressing() with { Steps = steps }).At(10);

        scene.Measured().Decide().Status.Phase.Should().Be(Phase.Promoting);
        scene.Measured(success: 1).Decide().Status.Phase.Should().Be(Phase.Progressing);
    }

    // The traffic of a run changes with its steps and never with the edit itself.
    [Theory]
    [InlineData(""" "stepWeights": [80] """)]
    [InlineData(""" "steps": [{"setWeight": 90}] """)]
    public void An_edit_alone_moves_no_traffic(string steps) =>
        (Scenes.Progressing() with { Steps = steps }).At(5).Decide().Status.CanaryWeight.Should().Be(new Weight(20));

    [Theory]
    [InlineData(2, 4, 3, 0)]
    [InlineData(2, 2, 2, 100)]
    [InlineData(3, 2, 2, 100)]
    public void Blue_green_does_the_iterations_that_are_missing_and_none_twice(int done, int now, int iterations, int weight)
    {
        var scene = Iterating(done, 3, "iteration: {0}", ["setWeight: 100"], Split.AllPrimary) with { Steps = $""" "iterations": {now} """, Analysis = None };

        var status = scene.At(10).Measured().Decide().Status;

        (status.Iterations, status.CanaryWeight.Percent).Should().Be((iterations, weight));
    }

    [Theory]
    [InlineData(2, 4, Phase.Progressing)]
    [InlineData(2, 2, Phase.Promoting)]
    [InlineData(3, 2, Phase.Promoting)]
    public void So_does_A_B_which_keeps_its_requests_all_the_time(int done, int now, Phase phase)
    {
        var scene = Iterating(done, 3, "iteration: {0} of the requests that match", [], new Split(Weight.Full)) with { Steps = $""" "iterations": {now} """, Analysis = Match };

        var status = scene.At(10).Measured().Decide().Status;

        (status.Phase, status.CanaryWeight).Should().Be((phase, Weight.Full));
    }

    [Fact]
    public void An_explicit_pause_that_was_taken_away_no_longer_waits_for_a_person()
    {
        var pausing = (Scenes.Progressing() with { Steps = """ "steps": [{"setWeight": 20}, {"pause": {}}, {"setWeight": 40}] """ })
            .WithRun(run => run with { Step = 2, StepProgram = ["setWeight: 20", "pause: until promoted", "setWeight: 40"] }).At(10);
        pausing.Measured().Decide().Status.Run?.Step.Should().Be(2);

        (pausing with { Steps = """ "steps": [{"setWeight": 20}, {"setWeight": 40}] """ }).Measured().Decide().Status.CanaryWeight.Should().Be(new Weight(40));
    }

    /// <summary>An iteration that was begun, of so many, and the route where it has to be.</summary>
    private static Scene Iterating(int done, int count, string content, string[] after, Split split) => Scenes.Progressing(0).WithRun(run => run with
    {
        Step = done,
        StepProgram = Enumerable.Range(1, count).Select(number => string.Format(System.Globalization.CultureInfo.InvariantCulture, content, number)).Concat(after).ToEquatableList(),
        Split = split,
    }).RouteAt(split.Candidate.Percent);
}
