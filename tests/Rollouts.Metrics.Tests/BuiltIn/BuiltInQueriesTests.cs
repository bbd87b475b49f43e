using System.Text.RegularExpressions;
using Rollouts.Metrics.BuiltIn;

namespace Rollouts.Metrics.Tests.BuiltIn;

/// <summary>The expected texts are what Flagger 1.44 was recorded to send.</summary>
public sealed partial class BuiltInQueriesTests
{
    private const string SuccessRate =
        """
        sum( rate( istio_requests_total{ reporter="destination", destination_workload_namespace="test", destination_workload=~"podinfo", response_code!~"5.*" }[1m] ) )
        / sum( rate( istio_requests_total{ reporter="destination", destination_workload_namespace="test", destination_workload=~"podinfo" }[1m] ) ) * 100
        """;

    private const string Duration =
        """
        histogram_quantile( 0.99, sum( rate( istio_request_duration_milliseconds_bucket{
            reporter="destination", destination_workload_namespace="test", destination_workload=~"podinfo" }[30s] ) ) by (le) )
        """;

    private const string OfWorkload = "reporter=\"destination\", destination_workload_namespace=\"test\", destination_workload=~\"podinfo\"";

    private const string Count =
        """sum( increase( istio_requests_total{ reporter="destination", destination_workload_namespace="test", destination_workload=~"podinfo" }[1m] ) )""";

    [Fact]
    public void The_success_rate_of_istio_is_asked_as_flagger_asks_it()
    {
        MetricQuery? query = BuiltInQueries.Find("istio", "request-success-rate", Scope(minutes: 1));

        query.Should().Be(new MetricQuery(OneLine(SuccessRate), Count));
    }

    [Fact]
    public void The_duration_of_istio_is_asked_as_flagger_asks_it()
    {
        MetricQuery? query = BuiltInQueries.Find("istio", "request-duration", Scope(minutes: 0.5));

        query.Should().Be(new MetricQuery(OneLine(Duration), Count.Replace("[1m]", "[30s]")));
    }

    /// <summary>Flagger asks for the workload that has the Service's name, and finds nothing (D30).</summary>
    [Fact]
    public void Of_a_Service_that_is_the_target_the_requests_to_its_copy_are_measured()
    {
        MetricQuery? query = BuiltInQueries.Find("istio", "request-success-rate", Scope(minutes: 1) with { Service = "podinfo-canary" });

        string asked = """reporter="source", destination_service_namespace="test", destination_service_name="podinfo-canary" """;
        query.Should().Be(new MetricQuery(
            OneLine(SuccessRate).Replace(OfWorkload, asked.TrimEnd()),
            Count.Replace(OfWorkload, asked.TrimEnd())));
    }

    /// <summary>Prometheus anchors a pattern at both ends. Flagger's queries by the names of pods miss those of a DaemonSet, and match its primary's (D20).</summary>
    [Theory]
    [InlineData("podinfo", true)]
    [InlineData("podinfo-primary", false)]
    [InlineData("other-podinfo", false)]
    public void The_pods_of_the_primary_are_not_measured_whatever_kind_of_workload_it_is(string workload, bool isMeasured)
    {
        string query = BuiltInQueries.Find("istio", "request-success-rate", Scope(minutes: 1))!.Value;

        MatchCollection patterns = WorkloadPattern().Matches(query);
        patterns.Should().HaveCount(2);
        patterns.Should().OnlyContain(pattern => Regex.IsMatch(workload, $"^(?:{pattern.Groups[1].Value})$") == isMeasured);
    }

    [Fact]
    public void The_dot_of_a_name_matches_no_other_letter()
    {
        MetricQuery? query = BuiltInQueries.Find("istio", "request-duration", new QueryScope("a", "shop.v2", TimeSpan.FromMinutes(1)));

        query!.Value.Should().Contain("""destination_workload=~"shop\\.v2" """);
    }

    [Theory]
    [InlineData("istio", "latency")]
    [InlineData("linkerd", "request-success-rate")]
    [InlineData("", "request-duration")]
    public void A_mesh_or_a_metric_without_built_in_queries_gets_no_other_ones(string provider, string metric) =>
        BuiltInQueries.Find(provider, metric, Scope(minutes: 1)).Should().BeNull();

    private static QueryScope Scope(double minutes) => new("test", "podinfo", TimeSpan.FromMinutes(minutes));

    private static string OneLine(string text) => Whitespace().Replace(text, " ");

    [GeneratedRegex("destination_workload=~\"([^\"]+)\"")]
    private static partial Regex WorkloadPattern();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();
}
