using CsCheck;

namespace Rollouts.Model.Tests;

public sealed class ValueTests
{
    [Theory]
    [InlineData("1s", 1_000)]
    [InlineData("1m30s", 90_000)]
    [InlineData("250ms", 250)]
    [InlineData("1h1m1s1ms", 3_661_001)]
    [InlineData("0s", 0)]
    [InlineData("8760h", 31_536_000_000)]
    public void A_duration_is_whole_numbers_with_units(string text, long milliseconds) =>
        DurationText.Parse(text).Should().Be(TimeSpan.FromMilliseconds(milliseconds));

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("10min")]
    [InlineData("1.5s")]
    [InlineData("-1s")]
    [InlineData(" 1s")]
    [InlineData("1s\n")]
    [InlineData("8760h1ms")]
    [InlineData("99999999999999999999999999999999999999h")]
    public void Anything_else_is_no_duration(string text) => DurationText.Parse(text).Should().BeNull();

    [Fact]
    public void A_duration_reads_back_as_it_was_written() =>
        Gen.Long[0, (long)DurationText.Longest.TotalMilliseconds].Sample(milliseconds =>
            DurationText.Parse(DurationText.Format(TimeSpan.FromMilliseconds(milliseconds))) == TimeSpan.FromMilliseconds(milliseconds));

    [Theory]
    [InlineData(-1)]
    [InlineData(101)]
    public void A_weight_out_of_bounds_cannot_be_made(int percent)
    {
        FluentActions.Invoking(() => new Weight(percent)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new Percentage(percent)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void A_split_always_sums_to_100() =>
        Gen.Int[0, 100].Sample(percent =>
        {
            var split = new Split(new Weight(percent));
            return split.Primary.Percent + split.Candidate.Percent == 100 && split.Candidate.Percent == percent;
        });

    [Fact]
    public void An_interval_below_a_second_cannot_be_made()
    {
        FluentActions.Invoking(() => new Interval(TimeSpan.FromMilliseconds(999))).Should().Throw<ArgumentOutOfRangeException>();
        new Interval(TimeSpan.FromSeconds(1)).ToString().Should().Be("1s");
    }

    [Theory]
    [InlineData(50, 3, 1)]
    [InlineData(100, 3, 3)]
    [InlineData(0, 3, 0)]
    [InlineData(99, int.MaxValue, 2126008810)]
    public void A_percentage_of_pods_is_rounded_down(int percent, int pods, int ready) => new Percentage(percent).Of(pods).Should().Be(ready);

    [Fact]
    public void Maps_and_lists_compare_by_what_they_hold()
    {
        var map = EquatableMap.Empty.With("a", "1").With("b", "2");

        map.Equals(EquatableMap.Empty.With("b", "2").With("a", "1")).Should().BeTrue();
        map.Equals(map.With("a", "3")).Should().BeFalse();
        map.With("a", "3")["a"].Should().Be("3");
        map.Keys.Should().Equal("a", "b");
        EquatableList<int> list = [1, 2];
        list.Equals([1, 2]).Should().BeTrue();
        list.Equals([2, 1]).Should().BeFalse();
        list.Add(3).Should().Equal(1, 2, 3);
    }

    [Fact]
    public void Raw_json_is_a_value_that_no_one_can_change()
    {
        var node = Manifest.Parse("""{"a":{"b":1}}""");
        var raw = new RawJson(node);
        node["a"] = 2;
        raw.ToNode().AsObject()["a"] = 3;

        raw.Should().Be(new RawJson(Manifest.Parse("""{"a":{"b":1}}""")));
        raw.Should().NotBe(new RawJson(Manifest.Parse("""{"a":{"b":2}}""")));
    }
}
