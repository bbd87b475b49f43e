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

    public async Task InitializeAsync()
    {
        var target = await ScriptedTarget.StartAsync(ScriptedMetrics.Script(Start, Seed));
        _parts.Add(target);
        var embedded = await EmbeddedPrometheus.StartAsync(Options(target.Url("/embedded")), CancellationToken.None);
        _parts.Add(embedded);
        var real = await RealPrometheus.StartAsync(Options(target.Url("/real")), CancellationToken.None);
        _parts.Add(real);
        await Task.WhenAll(target.ReadToTheEndAsync("/embedded"), target.ReadToTheEndAsync("/real"));
        (Embedded, Real) = (embedded.Url, real.Url);
    }

    public async Task DisposeAsync()
    {
        foreach (var part in Enumerable.Reverse(_parts))
            await part.DisposeAsync();
    }

    private static PrometheusOptions Options(Uri target) => new() { Targets = [target], ScrapeInterval = TimeSpan.FromMilliseconds(20) };
}
