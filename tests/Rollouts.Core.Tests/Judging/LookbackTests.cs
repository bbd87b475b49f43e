using CsCheck;
using Rollouts.Core.Judging;
using Rollouts.Core.Tests.Building;
using Rollouts.Model;
using Rollouts.Model.Analysis;
using Rollouts.Model.Status;

namespace Rollouts.Core.Tests.Judging;

public class LookbackTests
{
    [Theory]
    [InlineData(0, "1s")]
    [InlineData(0.4, "1s")]
    [InlineData(12.9, "12s")]
    [InlineData(59.9, "59s")]
    [InlineData(60, "1m")]
    [InlineData(3600, "1m")]
    public void A_check_looks_back_over_its_interval_and_never_to_before_its_run(double runForSeconds, string lookback) =>
        Of(60, runForSeconds).ToString().Should().Be(lookback);

    [Fact]
    public void However_long_it_is_it_is_no_longer_than_either() =>
        Gen.Select(Gen.Int[1, 1000], Gen.Double[1, 2000]).Sample((interval, running) =>
        {
            var lookback = Of(interval, running).Length;

            lookback.Should().BeLessThanOrEqualTo(TimeSpan.FromSeconds(interval)).And.BeLessThanOrEqualTo(TimeSpan.FromSeconds(running));
        });

    [Theory]
    [InlineData(10, "10s")]
    [InlineData(200, "3m20s")]
    public void An_analysis_looks_back_over_all_of_its_own_time(double stepForSeconds, string lookback)
    {
        var analysis = new AnalysisSpec { Steps = [new StepSpec.Analyze(TimeSpan.FromMinutes(3), null)] };
        var run = Run with { Step = 1, StepProgram = ["analyze: 3m"], StepStartedAt = Scene.Noon.AddSeconds(40) };

        Lookback.Of(Metric(60), In(analysis, run), Scene.Noon.AddSeconds(40 + stepForSeconds)).ToString().Should().Be(lookback);
    }

    private static RunStatus Run => new() { Id = "1", Revision = Versions.V2, StartedAt = Scene.Noon };

    private static Interval Of(int interval, double runForSeconds) =>
        Lookback.Of(Metric(interval), In(new AnalysisSpec { StepWeight = Weight.Full }, Run), Scene.Noon.AddSeconds(runForSeconds));

    private static MetricSpec Metric(int interval) => new() { Name = "any", Interval = new Interval(TimeSpan.FromSeconds(interval)), Range = new(0, null) };

    private static Canary In(AnalysisSpec analysis, RunStatus run)
    {
        var canary = Scenes.Progressing().Reading().Canary!;
        return canary with { Spec = canary.Spec with { Analysis = analysis }, Status = canary.Status with { Run = run } };
    }
}
