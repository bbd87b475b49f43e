using System.Globalization;
using System.Text;

namespace Rollouts.Sandbox.Tests.Prometheus;

/// <summary>
/// Two minutes of a mesh, sampled every second: a primary and a canary with errors, a counter that restarts, a series that begins late and one
/// that ends early, a missed scrape, and the metrics that the built-in queries of other providers read.
/// </summary>
internal static class ScriptedMetrics
{
    private const int Seconds = 120;

    private static readonly double[] Bounds = [0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500];

    /// <summary>All of it in the text format; each series in the order of its times.</summary>
    /// <param name="start">Time of the first sample, in milliseconds since 1970.</param>
    public static string Script(long start, int seed)
    {
        var random = new Random(seed);
        var counters = new SortedDictionary<string, double>(StringComparer.Ordinal);
        return string.Concat(Enumerable.Range(0, Seconds).Select(second => Page(second, start + second * 1000L, counters, random)));
    }

    private static string Page(int second, long time, SortedDictionary<string, double> counters, Random random)
    {
        foreach (var (workload, slowness) in new[] { ("podinfo", 300.0), ("podinfo-primary", 20.0) })
            Mesh(workload, second, slowness, counters, random);
        OtherProviders(second, counters, random);

        // The pods of podinfo-primary restart, and their counters with them.
        if (second == 70)
        {
            foreach (var key in counters.Keys.Where(key => key.Contains("podinfo-primary", StringComparison.Ordinal)).ToList())
                counters[key] = 0;
        }
        // One scrape fails.
        if (second == 47)
            return "";

        var page = new StringBuilder();
        foreach (var (series, value) in counters)
        {
            // podinfo begins after 20 s and is gone after 100 s.
            if (series.Contains("\"podinfo\"", StringComparison.Ordinal) && second is < 20 or > 100)
                continue;
            page.Append(CultureInfo.InvariantCulture, $"{series} {value} {time}\n");
        }
        return page.ToString();
    }

    private static void Mesh(string workload, int second, double slowness, SortedDictionary<string, double> counters, Random random)
    {
        foreach (var reporter in new[] { "source", "destination" })
        {
            var labels = $"reporter=\"{reporter}\",destination_workload_namespace=\"test\",destination_workload=\"{workload}\"";
            foreach (var (code, share) in new[] { ("200", 20), ("404", 2), ("500", second > 60 ? 3 : 0), ("503", 1), ("0", 1) })
                Add(counters, $"istio_requests_total{{{labels},response_code=\"{code}\"}}", random.Next(share + 1));
            Histogram("istio_request_duration_milliseconds", labels, counters, random.Next(30),
                () => random.Next(50) == 0 ? 10 * Bounds[^1] : random.NextDouble() * slowness);
        }
    }

    private static void OtherProviders(int second, SortedDictionary<string, double> counters, Random random)
    {
        Add(counters, "response_total{namespace=\"test\",deployment=\"podinfo\",direction=\"inbound\",classification=\"success\"}", random.Next(9));
        Add(counters, "response_total{namespace=\"test\",deployment=\"podinfo\",direction=\"inbound\",classification=\"failure\"}", random.Next(2));
        Histogram("response_latency_ms", "namespace=\"test\",deployment=\"podinfo\",direction=\"inbound\"", counters, 5, () => random.NextDouble() * 80);
        foreach (var code in new[] { "200", "502" })
        {
            Add(counters, $"envoy_cluster_upstream_rq{{envoy_cluster_name=\"test_podinfo-canary_80\",envoy_response_code=\"{code}\"}}", random.Next(9));
            Add(counters, $"nginx_ingress_controller_requests{{namespace=\"test\",ingress=\"podinfo\",canary=\"podinfo-canary\",status=\"{code}\"}}", random.Next(9));
            Add(counters, $"nginx_ingress_controller_requests{{namespace=\"test\",ingress=\"podinfo\",canary=\"\",status=\"{code}\"}}", random.Next(9));
            foreach (var pod in new[] { "podinfo-6d5f-x2x9q", "podinfo-primary-77c-abcde" })
                Add(counters, $"http_request_duration_seconds_count{{kubernetes_namespace=\"test\",kubernetes_pod_name=\"{pod}\",status=\"{code}\"}}", random.Next(9));
        }
        Add(counters, "nginx_ingress_controller_response_duration_seconds_sum{namespace=\"test\",ingress=\"podinfo\",canary=\"podinfo-canary\"}", random.NextDouble());
        Add(counters, "nginx_ingress_controller_response_duration_seconds_count{namespace=\"test\",ingress=\"podinfo\",canary=\"podinfo-canary\"}", random.Next(5));
        Histogram("skipper_response_duration_seconds", "route=\"kube_test__podinfo_canary__podinfo__podinfo_canary_0\",code=\"200\"", counters, 5, random.NextDouble);
        counters["temperature{room=\"cold\"}"] = Math.Sin(second / 7.0) * 30;
        counters["temperature{room=\"warm\"}"] = 20 + Math.Cos(second / 5.0) * 10;
    }

    private static void Histogram(string name, string labels, SortedDictionary<string, double> counters, int observations, Func<double> observe)
    {
        var observed = Enumerable.Range(0, observations).Select(_ => observe()).ToList();
        foreach (var bound in Bounds)
            Add(counters, string.Create(CultureInfo.InvariantCulture, $"{name}_bucket{{{labels},le=\"{bound}\"}}"), observed.Count(value => value <= bound));
        Add(counters, $"{name}_bucket{{{labels},le=\"+Inf\"}}", observations);
        Add(counters, $"{name}_sum{{{labels}}}", observed.Sum());
        Add(counters, $"{name}_count{{{labels}}}", observations);
    }

    private static void Add(SortedDictionary<string, double> counters, string series, double amount) =>
        counters[series] = counters.GetValueOrDefault(series) + amount;
}
