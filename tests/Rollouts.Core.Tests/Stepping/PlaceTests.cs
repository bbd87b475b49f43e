using CsCheck;
using Rollouts.Core.Stepping;
using Rollouts.Core.Tests.Building;
using Rollouts.Model;
using Rollouts.Model.Analysis;
using Rollouts.Model.Status;

namespace Rollouts.Core.Tests.Stepping;

/// <summary>A run keeps its place by what its steps are, also when the program is edited under it.</summary>
public class PlaceTests
{
    private static readonly Gen<StepSpec> Specs = Gen.OneOf<StepSpec>(
        Gen.Int[0, 10].Select(weight => (StepSpec)new StepSpec.SetWeight(new Weight(weight * 10))),
        Gen.Int[1, 3].Select(minutes => (StepSpec)new StepSpec.Pause(TimeSpan.FromMinutes(minutes))),
        Gen.Const((StepSpec)new StepSpec.Pause(null)),
        Gen.Int[1, 3].Select(percent => (StepSpec)new StepSpec.Mirror(new Weight(percent))));

    private static readonly Gen<EquatableList<Step>> Programs = Gen.OneOf(
        Specs.Array[1, 8].Select(specs => ExplicitSteps.Of(specs.ToEquatableList())),
        Gen.Int[1, 100].HashSet[1, 10].Select(weights => Ramp.Of(Listed([.. weights.Order()]))),
        Gen.Int[1, 6].Select(Iterations.Matched),
        Gen.Int[1, 6].Select(count => Iterations.BlueGreen(count, Weight.Zero)));

    [Fact]
    public void A_run_goes_through_the_whole_program_in_order() => Programs.Sample(program =>
    {
        for (var done = 0; done < program.Count; done++)
        {
            var place = Place.Of(program, At(program, done));

            place.Next.Should().Be(done);
            place.Here.Should().Be(done == 0 ? null : program[done - 1]);
        }
        Place.Of(program, At(program, program.Count)).Next.Should().Be(program.Count);
    });

    [Fact]
    public void Editing_later_steps_keeps_the_place() => Gen.Select(Programs, Gen.Int[1, 8], Specs.Array[0, 6]).Sample((program, at, later) =>
    {
        var done = Math.Min(at, program.Count);
        var edited = program.Take(done).Concat(ExplicitSteps.Of(later.ToEquatableList())).ToEquatableList();

        Place.Of(edited, At(program, done)).Should().Be(new Place(edited[done - 1], done));
    });

    [Theory]
    [InlineData("20 P1 50", 2, "10 P1 20 P1 50", 4)] // Steps put before those that were done.
    [InlineData("10 P1 20 P1 50", 4, "20 P1 50", 2)] // Steps before taken away.
    [InlineData("20 P1 50", 2, "20 P3 50", 1)] // The present step was edited: it is begun as it is now.
    [InlineData("20 P1 50", 1, "25 P1 50", 0)] // The present weight was raised.
    [InlineData("20 P1 50", 3, "5 P1 10 P1 60", 4)] // All weights behind the present one are passed over, with what belongs to them.
    [InlineData("20 P1 50", 3, "20", 1)] // The program ends before the place: it is over.
    public void Editing_earlier_steps_keeps_it_too(string begun, int done, string edited, int next) =>
        Place.Of(Program(edited), At(Program(begun), done)).Next.Should().Be(next);

    // D7: Flagger jumps to 100 where the present weight is no longer in the list, and stands still before duplicates.
    [Fact]
    public void A_ramp_that_is_edited_in_mid_run_is_gone_on_with_above_the_present_weight() =>
        Gen.Select(Gen.Int[1, 100].HashSet[1, 10], Gen.Int[1, 100].HashSet[1, 10], Gen.Int[1, 10]).Sample((before, after, at) =>
        {
            var program = Ramp.Of(Listed([.. before.Order()]));
            var done = Math.Min(at, program.Count);
            var present = program[done - 1].Traffic.Split.Candidate.Percent;

            var next = Place.Of(Ramp.Of(Listed([.. after.Order()])), At(program, done)).Next;

            next.Should().Be(after.Count(weight => weight <= present), "nothing is done twice and nothing is jumped over");
        });

    private static RunStatus At(EquatableList<Step> program, int done) => new()
    {
        Id = "1",
        Revision = Versions.V2,
        StartedAt = Scene.Noon,
        Step = done,
        StepProgram = StepProgram.Contents(program),
        Split = done == 0 ? Split.AllPrimary : program[done - 1].Traffic.Split,
    };

    private static EquatableList<Step> Program(string text) => ExplicitSteps.Of(text.Split(' ')
        .Select(word => word[0] == 'P' ? (StepSpec)new StepSpec.Pause(TimeSpan.FromMinutes(word[1] - '0')) : new StepSpec.SetWeight(new Weight(int.Parse(word))))
        .ToEquatableList());

    private static AnalysisSpec Listed(int[] weights) => new() { StepWeights = weights.Select(weight => new Weight(weight)).ToEquatableList() };
}
