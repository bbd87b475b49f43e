using Rollouts.Core.Tests.Building;
using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Core.Tests.Deciding;

/// <summary>Another strategy is put under a run in its middle.</summary>
public class RestartTests
{
    private const string Matched = """ "maxHold": "30m", "match": [{"headers": {"x-canary": {"exact": "insider"}}}] """;

    private static readonly string[] Iterations = ["iteration: 1 of the requests that match", "iteration: 2 of the requests that match"];

    // All of the requests that match would else become all requests.
    [Theory]
    [InlineData(Phase.Progressing)]
    [InlineData(Phase.WaitingPromotion)]
    public void Taking_the_match_from_an_AB_run_gives_nobody_else_the_candidate(Phase phase)
    {
        var scene = Ab(phase) with { Analysis = """ "maxHold": "30m" """ };

        var status = scene.At(1).Decide().Status;

        (status.Phase, status.CanaryWeight, status.Run?.Step).Should().Be((Phase.Progressing, Weight.Zero, 0));
        status.Run?.StepProgram.Should().Equal("iteration: 1", "iteration: 2", "setWeight: 100");
        status.Journal[^1].Reason.Should().Be("ProgramReplaced");
    }

    [Fact]
    public void Another_match_is_the_same_program()
    {
        var scene = Ab(Phase.Progressing) with { Analysis = Matched.Replace("insider", "outsider") };

        scene.At(1).Decide().Status.CanaryWeight.Should().Be(Weight.Full);
    }

    [Fact]
    public void A_ramp_in_place_of_iterations_begins_at_its_first_weight()
    {
        var scene = Ab(Phase.Progressing) with { Steps = """ "stepWeights": [20, 40] """ };

        var restarted = scene.At(1).After();

        (restarted.Status.CanaryWeight, restarted.Status.StepProgress).Should().Be((Weight.Zero, "0/2"));
        restarted.RouteAt(0, 2).At(2).Decide().Status.CanaryWeight.Should().Be(new Weight(20));
    }

    private static Scene Ab(Phase phase)
    {
        var scene = Scenes.Progressing(60).WithRun(run => run with
        {
            Step = 1,
            StepProgram = Iterations.ToEquatableList(),
            Split = new Split(Weight.Full),
        }) with
        { Steps = """ "iterations": 2 """, Analysis = Matched };
        return (scene with { Status = scene.Status with { Phase = phase } }).RouteAt(100);
    }
}
