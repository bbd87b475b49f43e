using System.Globalization;
using System.Text.Json.Nodes;

namespace Rollouts.Sandbox.Tests.Prometheus;

/// <summary>Needs the program <c>prometheus</c>: <c>apt-get install prometheus</c>.</summary>
public sealed class RealPrometheusTests(ScriptedPair pair) : IClassFixture<ScriptedPair>
{
    [Fact]
    public async Task The_embedded_Prometheus_answers_every_built_in_query_as_a_real_one_does()
    {
        using var embedded = new QueryClient(pair.Embedded);
        using var real = new QueryClient(pair.Real);
        var differences = new List<string>();
        var values = 0;
        foreach (var query in BuiltInQueries.All())
        {
            // On the times of samples, where the ends of ranges matter, between them, and after the end.
            foreach (var seconds in new[] { 0, 1, 22.5, 47, 60.001, 71, 99.999, 100, 119, 131.25, 419, 420 })
            {
                var time = pair.Start + (long)(seconds * 1000);
                values += Compare($"{query} at {seconds} s", await embedded.InstantAsync(query, time), await real.InstantAsync(query, time), differences);
            }
            foreach (var step in new[] { "1", "7s", "0.9" })
            {
                var (start, end) = (pair.Start - 5_000, pair.Start + 130_000);
                values += Compare($"{query} every {step}", await embedded.RangeAsync(query, start, end, step),
                    await real.RangeAsync(query, start, end, step), differences);
            }
        }
        differences.Should().BeEmpty();
        values.Should().BeGreaterThan(20_000, "queries that find nothing prove nothing");
    }

    [Theory]
    [InlineData("sum(rate(istio_requests_total[1m])")]
    [InlineData("istio_requests_total{response_code=~\"(\"}")]
    [InlineData("rate(istio_requests_total)")]
    [InlineData("{response_code=~\".*\"}")]
    [InlineData("1 > 2")]
    [InlineData("sum(1)")]
    [InlineData("temperature and 1")]
    [InlineData("nonsense(temperature)")]
    [InlineData("rate(temperature[0s])")]
    [InlineData("\"open")]
    [InlineData("temperature + temperature[1m]")]
    [InlineData("")]
    public async Task A_query_that_a_real_Prometheus_refuses_is_refused_with_the_same_code_and_type(string query)
    {
        var answers = new List<(int Code, string? Type)>();
        foreach (var url in new[] { pair.Embedded, pair.Real })
        {
            using var client = new QueryClient(url);
            var (code, body) = await client.AskAsync("/api/v1/query", ("query", query));
            answers.Add((code, body["errorType"]?.GetValue<string>()));
        }
        answers[0].Should().Be(answers[1]).And.Be((400, "bad_data"));
    }

    [Fact]
    public async Task A_match_of_many_to_many_is_an_execution_error_in_both()
    {
        foreach (var url in new[] { pair.Embedded, pair.Real })
        {
            using var client = new QueryClient(url);
            var (code, body) = await client.AskAsync(
                "/api/v1/query", ("query", "temperature + on() temperature"), ("time", (pair.Start / 1000).ToString(CultureInfo.InvariantCulture)));
            (code, body["errorType"]?.GetValue<string>()).Should().Be((422, "execution"));
        }
    }

    /// <returns>How many values were compared.</returns>
    private static int Compare(string what, JsonNode embedded, JsonNode real, List<string> differences)
    {
        var (ours, theirs) = (QueryClient.Series(embedded), QueryClient.Series(real));
        if (!ours.Keys.SequenceEqual(theirs.Keys))
        {
            differences.Add($"{what}: series {string.Join(" | ", ours.Keys)} instead of {string.Join(" | ", theirs.Keys)}");
            return 0;
        }
        foreach (var (labels, samples) in theirs)
        {
            var same = samples.Count == ours[labels].Count && samples.Zip(ours[labels]).All(pair => Same(pair.First, pair.Second));
            if (!same)
                differences.Add($"{what}: {labels}: {string.Join(' ', ours[labels].Take(5))} instead of {string.Join(' ', samples.Take(5))}");
        }
        return theirs.Values.Sum(samples => samples.Count);
    }

    private static bool Same((double Time, double Value) a, (double Time, double Value) b) =>
        a.Time == b.Time
        && (a.Value.Equals(b.Value)
            // Infinity is within a part of itself from everything.
            || double.IsFinite(a.Value) && double.IsFinite(b.Value) && Math.Abs(a.Value - b.Value) <= 1e-6 * Math.Max(Math.Abs(a.Value), Math.Abs(b.Value)));
}
