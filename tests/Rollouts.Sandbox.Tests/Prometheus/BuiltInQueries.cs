using System.Text.Json.Nodes;

namespace Rollouts.Sandbox.Tests.Prometheus;

/// <summary>The queries that both must answer alike: what was recorded of Flagger, its built-in queries for every provider, and what samples use.</summary>
internal static class BuiltInQueries
{
    private const string Destination = """reporter="destination",destination_workload_namespace="test",destination_workload=~"podinfo" """;

    public static IReadOnlyList<string> All() => [.. Recorded(), .. Providers(), .. Samples, .. Language];

    /// <summary>What the recorded runs asked, whatever their namespace was.</summary>
    private static IEnumerable<string> Recorded() =>
        Directory.EnumerateFiles(Path.Combine(Shared(), "traces"), "*.json")
            .SelectMany(file => JsonNode.Parse(File.ReadAllText(file))?["queries"]?.AsArray().Select(query => query?.GetValue<string>() ?? "") ?? [])
            .Select(query => query.Replace("{ns}", "test", StringComparison.Ordinal))
            .Distinct();

    private static IEnumerable<string> Providers() =>
    [
        SuccessRate("istio_requests_total", Destination, """response_code!~"5.*" """),
        P99("istio_request_duration_milliseconds", Destination),
        SuccessRate("response_total", """namespace="test",deployment=~"podinfo",direction="inbound" """, """classification!="failure" """),
        P99("response_latency_ms", """namespace="test",deployment=~"podinfo",direction="inbound" """),
        SuccessRate("envoy_cluster_upstream_rq", """envoy_cluster_name=~"test_podinfo-canary_[0-9a-zA-Z-]+" """, """envoy_response_code!~"5.*" """),
        SuccessRate("http_request_duration_seconds_count",
            """kubernetes_namespace="test",kubernetes_pod_name=~"podinfo-[0-9a-zA-Z]+(-[0-9a-zA-Z]+)" """, """status!~"5.*" """),
        SuccessRate("nginx_ingress_controller_requests", """namespace="test",ingress="podinfo",canary!="" """, """status!~"5.*" """),
        """
        sum(rate(nginx_ingress_controller_response_duration_seconds_sum{namespace="test",ingress="podinfo",canary!=""}[30s]))
        / sum(rate(nginx_ingress_controller_response_duration_seconds_count{namespace="test",ingress="podinfo",canary!=""}[30s])) * 1000
        """,
        SuccessRate("skipper_response_duration_seconds_bucket",
            """route=~"kube(ew)?_test__podinfo_canary__.*__podinfo_canary(_[0-9]+)?",le="+Inf" """, """code!~"5.." """),
    ];

    private static readonly string[] Samples =
    [
        $"sum(istio_requests_total{{{Destination}}}) by (response_code)",
        $"sum by (destination_workload, response_code) (increase(istio_requests_total{{reporter=\"destination\"}}[1m]))",
        $"sum(increase(istio_request_duration_milliseconds_bucket{{{Destination}}}[30s])) by (le)",
        $"sum(irate(istio_requests_total{{{Destination}}}[15s]))",
        "sum(irate(istio_requests_total{destination_workload=\"podinfo-primary\"}[15s]))",
        $"100 - sum(rate(istio_requests_total{{{Destination},response_code!~\"5.*\"}}[30s])) / sum(rate(istio_requests_total{{{Destination}}}[30s])) * 100",
        "sum(rate(istio_requests_total{destination_workload=\"nobody\"}[1m])) or on() vector(0)",
        "sum(rate(istio_request_duration_milliseconds_sum[1m])) by (destination_workload) / sum(rate(istio_request_duration_milliseconds_count[1m])) by (destination_workload)",
        "histogram_quantile(0.5, sum(rate(istio_request_duration_milliseconds_bucket[1m])) by (le, destination_workload, reporter))",
        "clamp_max(sum(rate(istio_requests_total[1m])) by (response_code), 5)",
    ];

    private static readonly string[] Language =
    [
        "1 + 2 * 3 ^ 2 ^ 0.5 % 7 - -4",
        "vector(1) > bool 0.5",
        "1 < bool 2",
        "-temperature",
        "temperature > 15",
        "15 < temperature",
        "temperature > bool 15",
        "abs(temperature) + ceil(temperature) - floor(temperature / 3)",
        "clamp_min(temperature, 0) * 1e-9",
        "temperature * 1e20",
        "temperature{room=\"cold\"} + on() temperature{room='warm'}",
        "temperature{room=\"cold\"} - ignoring(room) temperature{room=~`w.*m`}",
        "temperature and temperature > 0",
        "temperature unless temperature > 0",
        "temperature{room=\"warm\"} > 100 or temperature{room=\"cold\"}",
        "max(temperature) - min(temperature)",
        "avg without (room) (temperature)",
        "count(temperature > 0)",
        "max_over_time(temperature[30s]) - min_over_time(temperature[30s])",
        "avg_over_time(temperature[10s]) + sum_over_time(temperature[10s]) / count_over_time(temperature[10s])",
        "delta(temperature[20s])",
        "scalar(temperature{room=\"warm\"}) / 2",
        "scalar(temperature)",
        "0 / 0 * vector(1)",
        "time() - 1",
        "histogram_quantile(1.5, sum(rate(istio_request_duration_milliseconds_bucket[1m])) by (le))",
        "histogram_quantile(0, sum(rate(istio_request_duration_milliseconds_bucket[1m])) by (le))",
        "histogram_quantile(0.9999, istio_request_duration_milliseconds_bucket)",
        "{__name__=~\"temp.*\", room!=\"cold\"}",
        "rate(istio_requests_total{destination_workload=\"podinfo-primary\"}[1m]) == 0",
    ];

    private static string SuccessRate(string metric, string labels, string good) =>
        $"sum(rate({metric}{{{labels},{good}}}[1m])) / sum(rate({metric}{{{labels}}}[1m])) * 100";

    private static string P99(string metric, string labels) =>
        $"histogram_quantile(0.99, sum(rate({metric}_bucket{{{labels}}}[30s])) by (le))";

    private static string Shared()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Rollouts.sln")))
            folder = folder.Parent;
        return Path.Combine(folder?.Parent?.FullName ?? throw new DirectoryNotFoundException("Rollouts.sln is above no folder of the tests"), "shared");
    }
}
