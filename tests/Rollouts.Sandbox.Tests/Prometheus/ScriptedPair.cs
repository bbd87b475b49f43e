using Microsoft.AspNetCore.Http;
using Rollouts.Sandbox.Mesh;
using Rollouts.Sandbox.Prometheus;

namespace Rollouts.Sandbox.Tests.Prometheus;

/// <summary>A real and an embedded Prometheus that have both read the whole script.</summary>
public sealed class ScriptedPair : IAsyncLifetime
{
    private const int Seed = 4711;

    private readonly List<IAsyncDisposable> _parts = [];

    /// <summary>The time of the first samples. A real Prometheus takes none from far ahead or far back.</summary>
    internal long Start { get; } = TimeProvider.System.GetUtcNow().AddMinutes(-3).ToUnixTimeSeconds() * 1000;

    internal Uri Embedded { get; private set; } = new("about:blank");

    internal Uri Real { get; private set; } = new("about:blank");

    /// <summary>
    /// The target always exposes the whole script, and the samples carry their times: whoever has read it once holds exactly the same
    /// samples, and reading it again changes nothing.
    /// </summary>
    public async Task InitializeAsync()
    {
        var script = ScriptedMetrics.Script(Start, Seed);
        var target = await LoopbackServer.StartAsync(0, context => context.Response.WriteAsync(script), CancellationToken.None);
        _parts.Add(target);
        var options = new PrometheusOptions { Targets = [new Uri(target.Url, "/metrics")], ScrapeInterval = TimeSpan.FromSeconds(2) };
        var embedded = await EmbeddedPrometheus.StartAsync(options, CancellationToken.None);
        _parts.Add(embedded);
        var real = await RealPrometheus.StartAsync(options, CancellationToken.None);
        _parts.Add(real);
        (Embedded, Real) = (embedded.Url, real.Url);
        foreach (var url in new[] { Embedded, Real })
            await HasReadAsync(url);
    }

    public async Task DisposeAsync()
    {
        foreach (var part in Enumerable.Reverse(_parts))
            await part.DisposeAsync();
    }

    private async Task HasReadAsync(Uri url)
    {
        using var client = new QueryClient(url);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        do
        {
            var read = QueryClient.Series(await client.InstantAsync("count_over_time(temperature{room=\"warm\"}[10m])", Start + 200_000));
            if (read.Count == 1)
                return;
        }
        while (await pause.WaitForNextTickAsync(limit.Token));
    }
}
