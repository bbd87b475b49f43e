using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Prometheus;
using Rollouts.Controller.Gating;
using Rollouts.Controller.Tests.World;
using Rollouts.Core.Gating;
using Rollouts.Kubernetes;
using Rollouts.Model;
using Rollouts.Model.Analysis;
using Rollouts.Model.Status;

namespace Rollouts.Controller.Tests.Gating;

/// <summary>The client that calls webhooks as the controller has it, on a clock that does not wait between attempts and times nobody out.</summary>
internal sealed class HookScene : IDisposable
{
    /// <summary>No back-off is as long, and none is as long as the default to the tick; so timeouts are told from them.</summary>
    public static readonly TimeSpan HookTimeout = TimeSpan.FromMinutes(7);

    public static readonly ResourceKey Key = new("test", "podinfo");

    private readonly ServiceProvider services = new ServiceCollection().AddHooks().BuildServiceProvider();
    private readonly CollectorRegistry registry = Prometheus.Metrics.NewCustomRegistry();

    public HookScene(TimeProvider? time = null) => Client = new HookClient(
        services.GetRequiredService<IHttpClientFactory>(), new HookSecrets(Secrets), new HookMetrics(registry), time ?? Time);

    public SecretShelf Secrets { get; } = new();

    public EagerTime Time { get; } = new(wait => wait != HookTimeout && wait != Defaults.HookTimeout);

    public HookClient Client { get; }

    public static Canary Canary { get; } = CanaryOf("podinfo", "u-1");

    public static Canary CanaryOf(string name, string uid)
    {
        var manifest = Manifests.Canary(name: name);
        manifest["metadata"]!["namespace"] = Key.Namespace;
        manifest["metadata"]!["uid"] = uid;
        return Model.Canary.Parse(manifest).Canary!;
    }

    public static HookSpec Hook(string url, string name = "load-test") => new() { Name = name, Url = url, Timeout = HookTimeout };

    public static GateCall Call(HookSpec hook, string key = "1/2/rollout/60") =>
        new(hook, key, Phase.Progressing, "64dac793e6", "2e60e7494a", new Split(new Weight(30)), 1);

    public Task<GateAnswer> CallAsync(HookSpec hook) => Client.CallAsync(Canary.Metadata, Call(hook), CancellationToken.None);

    public Task<GateAnswer> CallAsync(HookReceiver receiver) => CallAsync(Hook(receiver.Url));

    public async Task<string> MetricsAsync()
    {
        using var text = new MemoryStream();
        await registry.CollectAndExportAsTextAsync(text);
        return Encoding.UTF8.GetString(text.ToArray());
    }

    public void Dispose() => services.Dispose();
}
