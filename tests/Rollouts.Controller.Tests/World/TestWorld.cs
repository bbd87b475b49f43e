using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Rollouts.Kubernetes.Client;
using Rollouts.Model.Status;
using Rollouts.Sandbox.ApiServer;

namespace Rollouts.Controller.Tests.World;

/// <summary>One namespace, in which the Canary podinfo watches the Deployment podinfo. Controllers are started on it, and killed, by the tests.</summary>
internal sealed class TestWorld(TestCluster cluster, string ns, ScriptedMetrics metrics) : IAsyncDisposable
{
    public static readonly ResourceKind Canaries = new("rollouts.dev", "v1beta1", "canaries", "Canary", true);
    public static readonly ResourceKind VirtualServices = new("networking.istio.io", "v1beta1", "virtualservices", "VirtualService", true);

    public static readonly ResourceKind DestinationRules = new("networking.istio.io", "v1beta1", "destinationrules", "DestinationRule", true);

    private readonly List<IAsyncDisposable> controllers = [];

    public ICluster Api => cluster.Api;

    public Uri ApiUrl => cluster.Url;

    public string Namespace => ns;

    public ScriptedMetrics Metrics => metrics;

    public ClusterClient Client(ClusterClientOptions? options = null) =>
        new ClusterClientFactory(options ?? new ClusterClientOptions(), TimeProvider.System, NullLoggerFactory.Instance).FromKubeconfig(cluster.KubeconfigPath);

    /// <summary>A controller of this namespace alone, on a clock that is twenty times as fast unless said otherwise.</summary>
    public async Task<ControllerHost> StartControllerAsync(IClusterClient? client = null, TimeProvider? time = null, Func<ControllerOptions, ControllerOptions>? options = null)
    {
        var chosen = new ControllerOptions { MetricsServer = metrics.Url.ToString(), Namespace = ns, Port = 0 };
        var host = ControllerHost.Create(options?.Invoke(chosen) ?? chosen, client ?? Client(), time ?? new ScaledTime(20));
        controllers.Add(host);
        await host.StartAsync(CancellationToken.None);
        return host;
    }

    public JsonObject Create(ResourceKind kind, JsonObject manifest)
    {
        manifest["metadata"]!["namespace"] = ns;
        return Api.Create(kind, manifest);
    }

    /// <summary>Target and Canary, and a controller that has initialised them.</summary>
    public async Task<ControllerHost> InitializedAsync(string analysis = Manifests.Ramp, string more = "", IClusterClient? client = null)
    {
        var controller = await StartControllerAsync(client);
        Create(Kinds.Deployments, Manifests.Deployment());
        Create(Canaries, Manifests.Canary(analysis, more));
        await WaitForAsync(Phase.Initialized);
        return controller;
    }

    public JsonObject? Get(ResourceKind kind, string name) => Api.Get(kind, ns, name);

    public CanaryStatus Status(string name = "podinfo") => CanaryStatus.Parse(Get(Canaries, name)?["status"]);

    public int? Weight() => WeightOf(Get(VirtualServices, "podinfo"));

    /// <summary>The candidate's weight in a VirtualService; null where it is not in it.</summary>
    public static int? WeightOf(JsonObject? route) =>
        (int?)route?["spec"]?["http"]?.AsArray().SelectMany(rule => rule?["route"]?.AsArray() ?? [])
            .FirstOrDefault(entry => (string?)entry?["destination"]?["host"] == "podinfo-canary")?["weight"];

    public int Replicas(string deployment) => (int?)Get(Kinds.Deployments, deployment)?["spec"]?["replicas"] ?? -1;

    public string Image(string deployment) => (string?)Get(Kinds.Deployments, deployment)?["spec"]?["template"]?["spec"]?["containers"]?[0]?["image"] ?? "";

    public string? Selects(string service) => (string?)Get(Kinds.Services, service)?["spec"]?["selector"]?["app"];

    public void SetImage(string image, string outcome = "ready", ResourceKind? kind = null) => Change(kind ?? Kinds.Deployments, "podinfo", target =>
    {
        var template = target["spec"]!["template"]!;
        template["spec"]!["containers"]![0]!["image"] = image;
        template["metadata"]!["annotations"] = outcome == "ready" ? null : new JsonObject { ["fake-kubelet/outcome"] = outcome };
    });

    public void Annotate(string annotation, string value) => Change(Canaries, "podinfo", canary =>
    {
        if (canary["metadata"]!["annotations"] is not JsonObject annotations)
            canary["metadata"]!["annotations"] = annotations = [];
        annotations[annotation] = value;
    });

    /// <summary>Read, change, write, and again where somebody else wrote in between.</summary>
    public void Change(ResourceKind kind, string name, Action<JsonObject> change)
    {
        while (true)
        {
            var obj = Get(kind, name) ?? throw new InvalidOperationException($"There is no {kind} {name}.");
            change(obj);
            try
            {
                Api.Update(kind, obj);
                return;
            }
            catch (ApiException refusal) when (refusal.Code == 409)
            {
                // Looked at again.
            }
        }
    }

    public Task<CanaryStatus> WaitForAsync(Phase phase) => WaitAsync(status => status.Phase == phase, $"phase {phase}");

    public async Task<CanaryStatus> WaitAsync(Func<CanaryStatus, bool> wish, string what, string name = "podinfo") =>
        CanaryStatus.Parse((await WaitForAsync(Canaries, name, canary => canary is not null && wish(CanaryStatus.Parse(canary["status"])), what))?["status"]);

    /// <summary>Waits by watching until the namespace is gone.</summary>
    public async Task GoneAsync()
    {
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            await foreach (var change in Api.WatchAsync(Kinds.Namespaces, end.Token))
            {
                if (Api.Get(Kinds.Namespaces, null, ns) is null)
                    return;
            }
        }
        catch (OperationCanceledException)
        {
            // Said below.
        }
        throw new TimeoutException($"The namespace {ns} never went: {Api.Get(Kinds.Namespaces, null, ns)?.ToJsonString()}");
    }

    /// <summary>Waits by watching until some object of the kind in this namespace is as wished.</summary>
    public async Task WaitForAsync(ResourceKind kind, Func<JsonObject, bool> wish, string what)
    {
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            await foreach (var change in Api.WatchAsync(kind, end.Token))
            {
                if ((string?)change.Object["metadata"]?["namespace"] == ns && change.Type != "DELETED" && wish(change.Object))
                    return;
            }
        }
        catch (OperationCanceledException)
        {
            // Said below.
        }
        throw new TimeoutException($"There never was in {ns}: {what}");
    }

    /// <summary>Waits by watching until the object is as wished (null: it is gone), and fails with its last state after a minute.</summary>
    public async Task<JsonObject?> WaitForAsync(ResourceKind kind, string name, Func<JsonObject?, bool> wish, string what)
    {
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        JsonObject? last = null;
        try
        {
            await foreach (var change in Api.WatchAsync(kind, end.Token))
            {
                if ((string?)change.Object["metadata"]?["name"] != name || (string?)change.Object["metadata"]?["namespace"] != ns)
                    continue;
                last = change.Type == "DELETED" ? null : change.Object;
                if (wish(last))
                    return last;
            }
        }
        catch (OperationCanceledException)
        {
            // Said below, with what was seen last.
        }
        throw new TimeoutException($"{kind} {ns}/{name} never came to: {what}. Last: {last?.ToJsonString() ?? "gone"}");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var controller in controllers)
            await controller.DisposeAsync();
        await metrics.DisposeAsync();
    }
}
