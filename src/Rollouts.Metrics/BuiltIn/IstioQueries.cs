using Rollouts.Metrics.Prometheus;

namespace Rollouts.Metrics.BuiltIn;

/// <summary>
/// Asks for what Istio's proxies count. The text is Flagger's to the letter (whitespace collapsed), so that recording rules, query
/// allow-lists and expectations built around it keep working.
/// </summary>
internal static class IstioQueries
{
    public static MetricQuery SuccessRate(QueryScope scope) => new(
        $"{RequestRate(scope, """, response_code!~"5.*" """)} / {RequestRate(scope, " ")} * 100",
        RequestCount(scope));

    public static MetricQuery Duration(QueryScope scope) => new(
        "histogram_quantile( 0.99, sum( rate( istio_request_duration_milliseconds_bucket"
            + $"{{ {Labels(scope)} }}[{PromQl.Duration(scope.Window)}] ) ) by (le) )",
        RequestCount(scope));

    private static string RequestRate(QueryScope scope, string errorFilter) =>
        $"sum( rate( istio_requests_total{{ {Labels(scope)}{errorFilter}}}[{PromQl.Duration(scope.Window)}] ) )";

    private static string RequestCount(QueryScope scope) =>
        $"sum( increase( istio_requests_total{{ {Labels(scope)} }}[{PromQl.Duration(scope.Window)}] ) )";

    // The reporter is the destination's proxy: the source's would count the requests that never arrived, and both would count twice.
    private static string Labels(QueryScope scope) =>
        $"""
        reporter="destination", destination_workload_namespace="{PromQl.Escaped(scope.Namespace)}", destination_workload=~"{PromQl.EscapedPattern(scope.Workload)}"
        """;
}
