namespace Rollouts.Sandbox.Mesh.Telemetry;

/// <summary>The counter and the duration histogram of one label set.</summary>
internal sealed class RequestSeries(string labels)
{
    /// <summary>Istio's default bounds, in milliseconds.</summary>
    public static readonly IReadOnlyList<double> Bounds =
        [0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000, 30000, 60000, 300000, 600000, 1800000, 3600000];

    private readonly Lock _lock = new();
    private readonly long[] _counts = new long[Bounds.Count + 1];
    private double _sum;

    /// <summary>Written once: <c>a="b",c="d"</c>.</summary>
    public string Labels { get; } = labels;

    public void Observe(double milliseconds)
    {
        var bucket = 0;
        while (bucket < Bounds.Count && milliseconds > Bounds[bucket])
            bucket++;
        lock (_lock)
        {
            _counts[bucket]++;
            _sum += milliseconds;
        }
    }

    /// <returns>Per bound the requests that took at most as long, then all of them; and the milliseconds of all together.</returns>
    public (long[] Cumulative, double Sum) Read()
    {
        lock (_lock)
        {
            var cumulative = (long[])_counts.Clone();
            for (var i = 1; i < cumulative.Length; i++)
                cumulative[i] += cumulative[i - 1];
            return (cumulative, _sum);
        }
    }
}
