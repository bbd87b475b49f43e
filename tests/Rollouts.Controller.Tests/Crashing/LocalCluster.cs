using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Rollouts.Model.Definition;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Lifecycle;
using Rollouts.Sandbox.Mesh;
using Rollouts.Sandbox.Workloads;
using Rollouts.Sandbox.Workloads.Autoscaling;

namespace Rollouts.Controller.Tests.Crashing;

/// <summary>
/// The sandbox's API server behind its HTTP door, and its workloads: cheap enough to have one for every crash there can be, and it can be
/// frozen at any moment and gone on with.
/// </summary>
internal sealed class LocalCluster : IAsyncDisposable
{
    public const string Namespace = "crash";

    private readonly Cluster cluster;
    private readonly Housekeeping housekeeping;
    private readonly WorkloadControllers workloads;

    /// <param name="seed">Of names and uids; another than that of the cluster that was frozen, or they come once more.</param>
    private LocalCluster(int seed, Action<Cluster> fill)
    {
        cluster = new Cluster(TimeProvider.System, seed, new ApiServerOptions().HistoryLength);
        housekeeping = new Housekeeping(cluster, NullLogger.Instance);
        housekeeping.Start();
        fill(cluster);
        workloads = WorkloadControllers.Start(cluster, new WorkloadOptions { ReadyAfter = TimeSpan.Zero, DrainFor = TimeSpan.Zero });
    }

    public ICluster Api => cluster;

    public static LocalCluster Start() => new(1, cluster =>
    {
        foreach (var definition in IstioDefinitions.All.Append(Keda.Definition).Append(CanaryDefinition.Generate()))
            cluster.Create(Kinds.CustomResourceDefinitions, definition);
        cluster.Create(Kinds.Namespaces, new JsonObject { ["metadata"] = new JsonObject { ["name"] = Namespace } });
    });

    public static LocalCluster Restore(FrozenCluster frozen) => new(2, frozen.RestoreTo);

    public FrozenCluster Freeze() => FrozenCluster.Of(cluster);

    public LocalClient Client() => new(cluster);

    public async ValueTask DisposeAsync()
    {
        await workloads.DisposeAsync();
        await housekeeping.DisposeAsync();
    }
}
