using Rollouts.Core.Judging;
using Rollouts.Core.Tests.Building;
using Rollouts.Model;
using Rollouts.Model.Analysis;
using Rollouts.Model.Status;

namespace Rollouts.Core.Tests.Judging;

public class VerdictsTests
{
    private static readonly MetricSpec Success = new() { Name = MetricSpec.RequestSuccessRate, Range = new(99, null) };

    [Theory]
    [InlineData(99.0, Verdict.Pass)]
    [InlineData(98.999999, Verdict.Fail)]
    [InlineData(100.0, Verdict.Pass)]
    [InlineData(double.PositiveInfinity, Verdict.Pass)]
    public void A_bound_is_inclusive(double value, Verdict verdict) => Of(Success, value).Verdict.Should().Be(verdict);

    // D41: Flagger cuts bounds and results to whole milliseconds, so that a maximum of 0.5 is one of 0.
    [Theory]
    [InlineData(0.5, Verdict.Pass)]
    [InlineData(0.51, Verdict.Fail)]
    [InlineData(double.PositiveInfinity, Verdict.Fail)]
    public void A_bound_may_be_a_fraction(double value, Verdict verdict) =>
        Of(new MetricSpec { Name = MetricSpec.RequestDuration, Range = new(null, 0.5) }, value).Verdict.Should().Be(verdict);

    [Fact]
    public void A_range_has_two_bounds()
    {
        var metric = new MetricSpec { Name = "queue", Range = new(1, 2) };

        Of(metric, 0.9).Verdict.Should().Be(Verdict.Fail);
        Of(metric, 1).Verdict.Should().Be(Verdict.Pass);
        Of(metric, 2.1).Verdict.Should().Be(Verdict.Fail);
    }

    // D40: no rows are no value, and no value is not zero.
    [Fact]
    public void No_data_is_not_zero() =>
        Of(new MetricSpec { Name = MetricSpec.RequestDuration, Range = new(null, 500) }, null).Verdict.Should().Be(Verdict.None);

    [Fact]
    public void An_error_is_no_failure_even_where_no_data_is_one() =>
        Verdicts.Of(Success with { NoData = NoData.Fail }, new("x", null, null, "connection refused"), Scene.Noon).Verdict.Should().Be(Verdict.None);

    [Fact]
    public void A_provider_that_counts_no_requests_is_not_held_to_a_minimum() =>
        Verdicts.Of(Success with { MinSamples = 100 }, new("x", 100, null, null), Scene.Noon).Verdict.Should().Be(Verdict.Pass);

    [Theory]
    [InlineData(12.4, 12L)]
    [InlineData(null, null)]
    [InlineData(double.NaN, null)]
    [InlineData(double.PositiveInfinity, null)]
    public void Samples_are_whole_requests(double? samples, long? shown) =>
        Verdicts.Of(Success, new("x", 100, samples, null), Scene.Noon).Samples.Should().Be(shown);

    [Theory]
    [InlineData("PASS PASS", Verdict.Pass)]
    [InlineData("PASS NONE", Verdict.None)]
    [InlineData("NONE FAIL", Verdict.Fail)]
    [InlineData("FAIL PASS", Verdict.Fail)]
    [InlineData("", Verdict.Pass)]
    public void One_failure_fails_and_one_NONE_holds(string verdicts, Verdict sum)
    {
        var all = verdicts.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => Enum.Parse<Verdict>(word, ignoreCase: true)).ToList();

        Verdicts.Sum(all.Select(Said).ToEquatableList(), Analysis(all.Count, CheckMode.Enforce)).Should().Be(sum);
        Verdicts.Sum(all.Select(Said).ToEquatableList(), Analysis(all.Count, CheckMode.Observe)).Should().Be(Verdict.Pass);
    }

    [Fact]
    public void The_sentence_is_about_the_first_enforced_check_that_failed()
    {
        EquatableList<CheckVerdict> all = [Said(Verdict.Fail, 0), Said(Verdict.Pass, 1), Said(Verdict.Fail, 2)];
        var analysis = new AnalysisSpec { Metrics = [Success with { Mode = CheckMode.Observe }, Success, Success] };

        Verdicts.Worst(all, analysis, Verdict.Fail).Check.Should().Be("check 2");
    }

    private static CheckVerdict Of(MetricSpec metric, double? value) => Verdicts.Of(metric, new(metric.Name, value, 1000, null), Scene.Noon);

    private static CheckVerdict Said(Verdict verdict, int index) => new() { Check = $"check {index}", Verdict = verdict, At = Scene.Noon };

    private static AnalysisSpec Analysis(int metrics, CheckMode mode) =>
        new() { Metrics = Enumerable.Repeat(Success with { Mode = mode }, metrics).ToEquatableList() };
}
