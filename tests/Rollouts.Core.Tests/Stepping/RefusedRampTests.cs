using Rollouts.Core.Tests.Building;

namespace Rollouts.Core.Tests.Stepping;

/// <summary>Ramps at which Flagger stands still for ever do not get as far as a run.</summary>
public class RefusedRampTests
{
    [Theory]
    [InlineData(""" "stepWeight": 0 """)] // D13: it never moves and never fails.
    [InlineData(""" "stepWeights": [0, 10] """)] // D7
    [InlineData(""" "stepWeights": [10, 10, 20] """)]
    [InlineData(""" "stepWeights": [10, 5, 20] """)]
    [InlineData(""" "stepWeights": [1, 2, 10, 200] """)]
    [InlineData(""" "stepWeights": [] """)]
    [InlineData(""" "stepWeight": 10, "maxWeight": 0 """)]
    [InlineData(""" "stepWeight": 10, "stepWeights": [10] """)]
    [InlineData(""" "stepWeight": 2.5 """)] // D27: one such value breaks Flagger's watch for all Canaries.
    public void They_are_refused_by_name(string steps)
    {
        var status = (Scenes.Resting().Push("2") with { Steps = steps }).Decide().Status;

        status.Run.Should().BeNull();
        status.Message.Should().Contain("spec.analysis");
    }

    [Fact]
    public void A_whole_ramp_is_not() => Scenes.Resting().Push("2").Decide().Status.Run.Should().NotBeNull();
}
