using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Rollouts.Kubernetes.Client;
using Rollouts.Model.Definition;
using Rollouts.Model.Status;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.Mesh;
using Rollouts.Sandbox.Workloads;

namespace Rollouts.Controller.Tests.World;

/// <summary>
/// A cluster with workloads, the CRDs and a scripted Prometheus, and one Canary that watches one Deployment. Controllers are started
/// on it, and killed, by the tests.
/// </summary>
internal sealed class TestWorld : IAsyncDisposable
{
    public static readonly ResourceKind Canaries = new("rollouts.dev", "v1beta1", "canaries", "Canary", true);
    public static readonly ResourceKind VirtualServices = new("networking.istio.io", "v1beta1", "virtualservices", "VirtualService", true);

    private readonly KubeApiServer server;
    private readonly WorkloadControllers workloads;
    private readonly string kubeconfig = Path.Combine(Path.GetTempPath(), $"rollouts-test-{Guid.NewGuid():N}");

    private TestWorld(KubeApiServer server, WorkloadControllers workloads, ScriptedMetrics metrics)
    {
        this.server = server;
        this.workloads = workloads;
        Metrics = metrics;
        Kubeconfig.Write(kubeconfig, server.Url);
    }

    public ICluster Cluster => server.Cluster;

    public ScriptedMetrics Metrics { get; }

    public static async Task<TestWorld> StartAsync()
    {
        var server = await KubeApiServer.StartAsync(new ApiServerOptions());
        var workloads = WorkloadControllers.Start(server.Cluster, new WorkloadOptions { ReadyAfter = TimeSpan.Zero });
        foreach (var definition in IstioDefinitions.All.Append(CanaryDefinition.Generate()))
            server.Cluster.Create(Kinds.CustomResourceDefinitions, definition);
        return new TestWorld(server, workloads, await ScriptedMetrics.StartAsync());
    }

    public ClusterClient Client() =>
        new ClusterClientFactory(new ClusterClientOptions(), TimeProvider.System, NullLoggerFactory.Instance).FromKubeconfig(kubeconfig);

    public async Task<ControllerHost> StartControllerAsync(IClusterClient? client = null)
    {
        var host = ControllerHost.Create(new ControllerOptions { MetricsServer = Metrics.Url.ToString(), Port = 0 }, client ?? Client(), TimeProvider.System);
        await host.StartAsync(CancellationToken.None);
        return host;
    }

    public JsonObject Canary(string name = "podinfo") => Cluster.Get(Canaries, "default", name) ?? throw new InvalidOperationException($"There is no Canary {name}.");

    public CanaryStatus Status(string name = "podinfo") => CanaryStatus.Parse(Canary(name)["status"]);

    public int? Weight(string name = "podinfo") =>
        (int?)Cluster.Get(VirtualServices, "default", name)?["spec"]?["http"]?[0]?["route"]?.AsArray()
            .FirstOrDefault(entry => (string?)entry?["destination"]?["host"] == $"{name}-canary")?["weight"];

    public int Replicas(string deployment) => (int?)Cluster.Get(Kinds.Deployments, "default", deployment)?["spec"]?["replicas"] ?? -1;

    public string Image(string deployment) =>
        (string?)Cluster.Get(Kinds.Deployments, "default", deployment)?["spec"]?["template"]?["spec"]?["containers"]?[0]?["image"] ?? "";

    public void SetImage(string image, string outcome = "ready") => Change(Kinds.Deployments, "podinfo", deployment =>
    {
        var template = deployment["spec"]!["template"]!;
        template["spec"]!["containers"]![0]!["image"] = image;
        template["metadata"]!["annotations"] = new JsonObject { ["fake-kubelet/outcome"] = outcome };
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
            var obj = Cluster.Get(kind, "default", name) ?? throw new InvalidOperationException($"There is no {kind} {name}.");
            change(obj);
            try
            {
                Cluster.Update(kind, obj);
                return;
            }
            catch (ApiException refusal) when (refusal.Code == 409)
            {
                // Looked at again.
            }
        }
    }

    /// <summary>Waits for the Canary to be as wished, by watching; fails with its last state after the time.</summary>
    public async Task<CanaryStatus> WaitAsync(Func<CanaryStatus, bool> wish, string what, TimeSpan? limit = null)
    {
        using var end = new CancellationTokenSource(limit ?? TimeSpan.FromSeconds(60));
        JsonObject? last = null;
        try
        {
            await foreach (var change in Cluster.WatchAsync(Canaries, end.Token))
            {
                last = change.Object;
                var status = CanaryStatus.Parse(last["status"]);
                if ((string?)last["metadata"]?["name"] == "podinfo" && wish(status))
                    return status;
            }
        }
        catch (OperationCanceledException)
        {
            // Said below, with what was seen last.
        }
        throw new TimeoutException($"The Canary never came to: {what}. Last: {last?["status"]?.ToJsonString()}");
    }

    public Task<CanaryStatus> WaitForAsync(Phase phase) => WaitAsync(status => status.Phase == phase, $"phase {phase}");

    public async ValueTask DisposeAsync()
    {
        await workloads.DisposeAsync();
        await server.DisposeAsync();
        await Metrics.DisposeAsync();
        File.Delete(kubeconfig);
    }
}
