using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Rollouts.Sandbox.Mesh.Telemetry;

/// <summary>Counts as Istio's proxies do and writes it down in Prometheus' text format.</summary>
internal sealed class MeshTelemetry
{
    private readonly ConcurrentDictionary<RequestLabels, RequestSeries> _series = new();

    public void Record(RequestLabels labels, TimeSpan duration) =>
        _series.GetOrAdd(labels, added => new(Text(added))).Observe(duration.TotalMilliseconds);

    public string Expose()
    {
        var read = _series.Values.Select(series => (series.Labels, Values: series.Read())).ToList();
        var text = new StringBuilder();
        text.Append("# HELP istio_requests_total requests that a proxy has answered\n# TYPE istio_requests_total counter\n");
        foreach (var (labels, (counts, _)) in read)
            text.Append(CultureInfo.InvariantCulture, $"istio_requests_total{{{labels}}} {counts[^1]}\n");

        text.Append("# HELP istio_request_duration_milliseconds time from a request to its answer's end\n")
            .Append("# TYPE istio_request_duration_milliseconds histogram\n");
        foreach (var (labels, (counts, sum)) in read)
        {
            for (var i = 0; i < counts.Length; i++)
                text.Append(CultureInfo.InvariantCulture, $"istio_request_duration_milliseconds_bucket{{{labels},le=\"{Bound(i)}\"}} {counts[i]}\n");
            text.Append(CultureInfo.InvariantCulture, $"istio_request_duration_milliseconds_sum{{{labels}}} {sum}\n");
            text.Append(CultureInfo.InvariantCulture, $"istio_request_duration_milliseconds_count{{{labels}}} {counts[^1]}\n");
        }
        return text.ToString();
    }

    private static string Bound(int i) => i < RequestSeries.Bounds.Count ? RequestSeries.Bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";

    private static string Text(RequestLabels labels) =>
        string.Join(',', labels.Pairs().Select(pair => $"{pair.Key}=\"{Escaped(pair.Value)}\""));

    private static string Escaped(string value) =>
        value.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
