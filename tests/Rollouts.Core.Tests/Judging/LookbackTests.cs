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

    private static Interval Of(int interval, double runForSeconds) => Lookback.Of(
        new MetricSpec { Name = "any", Interval = new Interval(TimeSpan.FromSeconds(interval)), Range = new(0, null) },
        new RunStatus { Id = "1", Revision = Versions.V2, StartedAt = Scene.Noon },
        Scene.Noon.AddSeconds(runForSeconds));
}
