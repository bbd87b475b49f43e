using CsCheck;
using Rollouts.Sandbox.Traffic;

namespace Rollouts.Sandbox.Tests.Traffic;

public sealed class LatencyHistogramTests
{
    [Fact]
    public void A_quantile_is_at_most_a_tenth_above_the_true_one_and_never_below() =>
        Gen.Select(Gen.Double[0.2, 50_000].Array[1, 200], Gen.Double[0.01, 1]).Sample((milliseconds, quantile) =>
        {
            var histogram = new LatencyHistogram();
            foreach (var value in milliseconds)
                histogram.Add(TimeSpan.FromMilliseconds(value));
            var truth = milliseconds.Order().ElementAt((int)Math.Ceiling(quantile * milliseconds.Length) - 1);
            var found = histogram.Quantile(quantile)?.TotalMilliseconds;
            return found >= truth * 0.9999 && found <= truth * 1.1001;
        });

    [Fact]
    public void Without_requests_there_is_no_quantile() => new LatencyHistogram().Quantile(0.99).Should().BeNull();

    [Theory]
    [InlineData(Arrival.Constant, 0)]
    [InlineData(Arrival.Poisson, 1)]
    public void Arrivals_have_the_rate_and_the_spread_of_their_kind(Arrival arrival, double variation)
    {
        var clock = new ArrivalClock(arrival, seed: 5);
        var gaps = Enumerable.Range(0, 20_000).Select(_ => clock.Next(50).TotalMilliseconds).ToList();
        var mean = gaps.Average();
        mean.Should().BeApproximately(20, 0.5);
        (Math.Sqrt(gaps.Average(gap => (gap - mean) * (gap - mean))) / mean).Should().BeApproximately(variation, 0.03);
    }

    [Fact]
    public void The_same_seed_gives_the_same_arrivals_and_another_seed_others()
    {
        static IEnumerable<TimeSpan> First(int seed)
        {
            var clock = new ArrivalClock(Arrival.Poisson, seed);
            return [.. Enumerable.Range(0, 10).Select(_ => clock.Next(50))];
        }
        First(1).Should().Equal(First(1)).And.NotBeEquivalentTo(First(2));
    }
}
