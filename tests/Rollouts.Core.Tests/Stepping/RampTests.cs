using CsCheck;
using Rollouts.Core.Stepping;
using Rollouts.Model;
using Rollouts.Model.Analysis;

namespace Rollouts.Core.Tests.Stepping;

public class RampTests
{
    private static readonly Gen<AnalysisSpec> Ramps = Gen.OneOf(
        Gen.Select(Gen.Int[1, 100], Gen.Int[1, 100], Even),
        Gen.Int[1, 100].HashSet[1, 12].Select(weights => Listed([.. weights.Order()])));

    // The sequences that Flagger goes through, and what we make of those at which it stands still.
    [Theory]
    [InlineData(20, 50, new[] { 20, 40, 60 })]
    [InlineData(50, 100, new[] { 50, 100 })]
    [InlineData(60, 50, new[] { 60 })]
    [InlineData(60, 100, new[] { 60, 100 })]
    [InlineData(100, 1, new[] { 100 })]
    [InlineData(33, 100, new[] { 33, 66, 99, 100 })]
    public void An_even_ramp_ends_at_the_first_weight_that_reaches_the_maximum(int step, int max, int[] weights) =>
        Percents(Ramp.Weights(Even(step, max))).Should().Equal(weights);

    [Theory]
    [InlineData(new[] { 1, 2, 10, 80 })]
    [InlineData(new[] { 100 })]
    public void A_list_is_gone_through_as_it_stands(int[] weights) => Percents(Ramp.Weights(Listed(weights))).Should().Equal(weights);

    [Fact]
    public void A_program_always_climbs_and_never_beyond_all_traffic() => Ramps.Sample(analysis =>
    {
        var program = Percents(Ramp.Weights(analysis));

        program.Should().NotBeEmpty();
        program[0].Should().BePositive();
        program.Zip(program.Skip(1)).Should().NotContain(pair => pair.First >= pair.Second);
        program[^1].Should().BeLessThanOrEqualTo(100);
    });

    [Fact]
    public void The_status_shows_every_step() =>
        StepProgram.Contents(StepProgram.Of(Even(40, 100))).Should().Equal("setWeight: 40", "setWeight: 80", "setWeight: 100");

    [Fact]
    public void A_mirrored_ramp_copies_traffic_before_it_gives_any()
    {
        var program = StepProgram.Of(Even(50, 100) with { Mirror = true, MirrorWeight = new Weight(30) });

        program.Select(step => (step.Content, $"{step.Traffic}")).Should().Equal(
            ("mirror: 30", "100/0 with 30% mirrored"), ("setWeight: 50", "50/50"), ("setWeight: 100", "0/100"));
    }

    [Fact]
    public void A_ramp_without_steps_is_a_fault_of_the_validation()
    {
        var act = () => Ramp.Weights(new AnalysisSpec());

        act.Should().Throw<InvalidOperationException>();
    }

    private static AnalysisSpec Even(int step, int max) => new() { StepWeight = new Weight(step), MaxWeight = new Weight(max) };

    private static AnalysisSpec Listed(int[] weights) => new() { StepWeights = weights.Select(weight => new Weight(weight)).ToEquatableList() };

    private static List<int> Percents(EquatableList<Weight> program) => [.. program.Select(weight => weight.Percent)];
}
