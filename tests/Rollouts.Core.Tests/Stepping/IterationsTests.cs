using Rollouts.Core.Stepping;
using Rollouts.Core.Tests.Building;
using Rollouts.Model;
using Rollouts.Model.Analysis;

namespace Rollouts.Core.Tests.Stepping;

public class IterationsTests
{
    [Fact]
    public void Blue_green_checks_without_users_and_switches_over_at_the_end()
    {
        var program = Iterations.BlueGreen(2, Weight.Zero);

        program.Select(step => (step.Content, $"{step.Traffic}")).Should().Equal(("iteration: 1", "100/0"), ("iteration: 2", "100/0"), ("setWeight: 100", "0/100"));
        program.Should().OnlyContain(step => step.End == new StepEnd.Checked() && step.Scale == null, "each is over with a passed check, the switch too");
    }

    [Fact]
    public void With_copies_of_their_requests_the_switch_ends_the_copying() =>
        Iterations.BlueGreen(1, new Weight(40)).Select(step => $"{step.Traffic}").Should().Equal("100/0 with 40% mirrored", "0/100");

    [Fact]
    public void A_B_has_all_requests_that_match_in_every_iteration_and_no_switch() =>
        Iterations.Matched(3).Select(step => (step.Content, $"{step.Traffic}"))
            .Should().Equal(("iteration: 1", "0/100"), ("iteration: 2", "0/100"), ("iteration: 3", "0/100"));

    [Fact]
    public void Only_iterations_are_counted_as_such()
    {
        Iterations.Count(StepProgram.Contents(Iterations.BlueGreen(4, Weight.Zero))).Should().Be(4, "the switch is none");
        Iterations.Count(StepProgram.Contents(StepProgram.Of(Matching(4)))).Should().Be(4);
        Iterations.Count(["setWeight: 10", "pause: 1m"]).Should().Be(0);
    }

    [Fact]
    public void The_steps_of_requests_that_match_are_told_from_those_of_all() =>
        StepProgram.Contents(StepProgram.Of(Matching(1))).Should().Equal("iteration: 1 of the requests that match");

    private static AnalysisSpec Matching(int iterations) => (Scenes.Resting() with
    {
        Steps = $""" "iterations": {iterations} """,
        Analysis = """ "match": [{"headers": {"x-tester": {"exact": "yes"}}}] """,
    }).Reading().Canary!.Spec.Analysis;
}
