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

    private static string Labels(QueryScope scope) => scope.Service is { } service ? OfService(scope.Namespace, service) : OfWorkload(scope);

    // The reporter is the destination's proxy: the source's would count the requests that never arrived, and both would count twice.
    private static string OfWorkload(QueryScope scope) =>
        $"""
        reporter="destination", destination_workload_namespace="{PromQl.Escaped(scope.Namespace)}", destination_workload=~"{PromQl.EscapedPattern(scope.Workload)}"
        """;

    // A pod does not know through which of the Services that select it a request came; who sent it does.
    private static string OfService(string ns, string service) =>
        $"""
        reporter="source", destination_service_namespace="{PromQl.Escaped(ns)}", destination_service_name="{PromQl.Escaped(service)}"
        """;
}
