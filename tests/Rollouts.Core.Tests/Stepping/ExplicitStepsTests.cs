using Rollouts.Core.Stepping;
using Rollouts.Model;
using Rollouts.Model.Analysis;

namespace Rollouts.Core.Tests.Stepping;

public class ExplicitStepsTests
{
    private static readonly StepSpec Ten = new StepSpec.SetWeight(new Weight(10));

    [Fact]
    public void Every_step_is_shown_as_it_was_written() =>
        Of(
            new StepSpec.SetCanaryScale(new CanaryScale(3, null)),
            new StepSpec.SetCanaryScale(new CanaryScale(null, new Percentage(50))),
            new StepSpec.Mirror(new Weight(25)),
            Ten,
            new StepSpec.Pause(null),
            new StepSpec.Pause(TimeSpan.FromMinutes(90)),
            new StepSpec.Analyze(TimeSpan.FromMinutes(2), 500),
            new StepSpec.Analyze(null, 500),
            new StepSpec.Analyze(null, null)).Select(step => step.Content).Should().Equal(
            "setCanaryScale: 3",
            "setCanaryScale: 50%",
            "mirror: 25",
            "setWeight: 10",
            "pause: until promoted",
            "pause: 1h30m",
            "analyze: 2m, 500 requests",
            "analyze: 500 requests",
            "analyze: one check");

    [Fact]
    public void Weight_copies_and_scale_hold_until_a_later_step_changes_them()
    {
        var program = Of(
            Ten, new StepSpec.SetCanaryScale(new CanaryScale(3, null)), new StepSpec.Mirror(new Weight(30)), new StepSpec.Pause(null), new StepSpec.SetWeight(new Weight(40)));

        program.Select(step => $"{step.Traffic} {step.Scale}".TrimEnd()).Should().Equal(
            "90/10", "90/10 3", "90/10 with 30% mirrored 3", "90/10 with 30% mirrored 3", "60/40 3");
    }

    [Fact]
    public void A_weight_or_a_copy_is_checked_where_nothing_behind_it_watches_over_it()
    {
        EndAfter(Ten).Should().Be(new StepEnd.Checked());
        EndAfter(Ten, Ten).Should().Be(new StepEnd.Checked());
        EndAfter(Ten, new StepSpec.SetCanaryScale(new CanaryScale(3, null))).Should().Be(new StepEnd.Checked());
        EndAfter(new StepSpec.Mirror(new Weight(30)), Ten).Should().Be(new StepEnd.Checked());
    }

    [Fact]
    public void And_is_over_once_it_is_reached_where_a_pause_or_an_analysis_does()
    {
        EndAfter(Ten, new StepSpec.Pause(null)).Should().Be(new StepEnd.Reached());
        EndAfter(Ten, new StepSpec.Analyze(null, 5)).Should().Be(new StepEnd.Reached());
        EndAfter(new StepSpec.Mirror(new Weight(30)), new StepSpec.Pause(TimeSpan.FromMinutes(1))).Should().Be(new StepEnd.Reached());
    }

    [Fact]
    public void A_pause_ends_by_its_time_or_by_a_person_and_an_analysis_by_what_it_asks_for()
    {
        EndAfter(new StepSpec.Pause(TimeSpan.FromMinutes(1))).Should().Be(new StepEnd.Elapsed(TimeSpan.FromMinutes(1)));
        EndAfter(new StepSpec.Pause(null)).Should().Be(new StepEnd.Approved());
        EndAfter(new StepSpec.Analyze(TimeSpan.FromMinutes(2), 500)).Should().Be(new StepEnd.Proven(TimeSpan.FromMinutes(2), 500));
        EndAfter(new StepSpec.Analyze(null, null)).Should().Be(new StepEnd.Proven(TimeSpan.Zero, 0));
        EndAfter(new StepSpec.SetCanaryScale(new CanaryScale(3, null))).Should().Be(new StepEnd.Reached());
    }

    private static EquatableList<Step> Of(params StepSpec[] specs) => ExplicitSteps.Of(specs.ToEquatableList());

    private static StepEnd EndAfter(params StepSpec[] specs) => Of(specs)[0].End;
}
