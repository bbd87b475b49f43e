using Rollouts.Metrics.Prometheus;

namespace Rollouts.Metrics.Tests.Prometheus;

public sealed class PromQlTests
{
    [Theory]
    [InlineData("00:00:30", "30s")]
    [InlineData("00:01:00", "1m")]
    [InlineData("00:01:30", "1m30s")]
    [InlineData("1.01:00:00", "25h")]
    [InlineData("00:00:01.5", "1s500ms")]
    [InlineData("00:00:00.001", "1ms")]
    public void A_window_is_written_with_its_largest_unit_first(string window, string text) =>
        PromQl.Duration(TimeSpan.Parse(window)).Should().Be(text);

    [Theory]
    [InlineData("00:00:00")]
    [InlineData("-00:01:00")]
    [InlineData("00:00:00.0009999")]
    public void A_window_below_a_millisecond_is_refused(string window)
    {
        Action writing = () => PromQl.Duration(TimeSpan.Parse(window));

        writing.Should().Throw<ArgumentOutOfRangeException>();
    }

    [Theory]
    [InlineData("podinfo-primary", "podinfo-primary")]
    [InlineData("shop.v2", """shop\\.v2""")]
    [InlineData("""a"} or up{b="c""", """a\"\\} or up\\{b=\"c""")]
    public void A_name_in_a_pattern_matches_only_itself(string name, string text) =>
        PromQl.EscapedPattern(name).Should().Be(text);

    [Theory]
    [InlineData("shop.v2", "shop.v2")]
    [InlineData("a\"b\\c\nd", """a\"b\\c\nd""")]
    public void A_name_in_a_text_cannot_end_it(string name, string text) =>
        PromQl.Escaped(name).Should().Be(text);
}
