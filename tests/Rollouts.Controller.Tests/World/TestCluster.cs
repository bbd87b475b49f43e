using System.Text.Json.Nodes;
using Rollouts.Model.Definition;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Injecting;
using Rollouts.Sandbox.Mesh;
using Rollouts.Sandbox.Workloads;
using Rollouts.Sandbox.Workloads.Autoscaling;

namespace Rollouts.Controller.Tests.World;

/// <summary>An API server with workloads and the CRDs. The tests of a class share one, each in a namespace of its own.</summary>
public sealed class TestCluster : IAsyncLifetime
{
    private readonly NamespacedFaults faults = new();
    private KubeApiServer? server;
    private WorkloadControllers? workloads;
    private int namespaces;

    public ICluster Api => server?.Cluster ?? throw new InvalidOperationException("The cluster was not started.");

    public Uri Url => server?.Url ?? throw new InvalidOperationException("The cluster was not started.");

    public string KubeconfigPath { get; } = Path.Combine(Path.GetTempPath(), $"rollouts-test-{Guid.NewGuid():N}");

    public async Task InitializeAsync()
    {
        server = await KubeApiServer.StartAsync(new ApiServerOptions { Faults = faults });
        foreach (var definition in IstioDefinitions.All.Append(Keda.Definition).Append(CanaryDefinition.Generate()))
            Api.Create(Kinds.CustomResourceDefinitions, definition);
        workloads = WorkloadControllers.Start(server.Cluster, new WorkloadOptions { ReadyAfter = TimeSpan.Zero });
        Kubeconfig.Write(KubeconfigPath, server.Url);
    }

    public async Task DisposeAsync()
    {
        if (workloads is not null)
            await workloads.DisposeAsync();
        if (server is not null)
            await server.DisposeAsync();
        File.Delete(KubeconfigPath);
    }

    /// <summary>What went wrong so far with the requests for the namespace.</summary>
    public IReadOnlyList<(ApiRequest Request, RequestFault Fault)> FaultsMet(string ns) => faults.Met(ns);

    /// <summary>A new namespace with a Prometheus of its own.</summary>
    /// <param name="disturbed">What goes wrong with the requests for it.</param>
    internal async Task<TestWorld> WorldAsync(params IReadOnlyList<IRequestFaults> disturbed)
    {
        var name = $"test-{Interlocked.Increment(ref namespaces)}";
        faults.Set(name, disturbed);
        Api.Create(Kinds.Namespaces, new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = name } });
        return new TestWorld(this, name, await ScriptedMetrics.StartAsync());
    }
}
