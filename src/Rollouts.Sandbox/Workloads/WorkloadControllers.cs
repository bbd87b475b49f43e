using Microsoft.Extensions.Logging;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Workloads.Apps;
using Rollouts.Sandbox.Workloads.Autoscaling;
using Rollouts.Sandbox.Workloads.DaemonSets;
using Rollouts.Sandbox.Workloads.Deployments;
using Rollouts.Sandbox.Workloads.Endpoints;
using Rollouts.Sandbox.Workloads.Kubelets;
using Rollouts.Sandbox.Workloads.Objects;
using Rollouts.Sandbox.Workloads.ReplicaSets;
using Rollouts.Sandbox.Workloads.Running;

namespace Rollouts.Sandbox.Workloads;

/// <summary>
/// What a control plane and its nodes do beside the API server: Deployments, ReplicaSets and DaemonSets get pods, pods run on
/// <c>fake-node-0</c> and its like and answer HTTP, Services get endpoints, autoscalers keep replicas within their bounds.
/// </summary>
public sealed class WorkloadControllers : IAsyncDisposable
{
    private readonly ControllerLoop loop;
    private readonly PodNetwork network;

    private WorkloadControllers(ControllerLoop loop, PodNetwork network)
    {
        this.loop = loop;
        this.network = network;
    }

    /// <summary>Where the pods really listen.</summary>
    public IPodNetwork Network => network;

    /// <param name="cluster">ScaledObjects are obeyed where it serves <see cref="Keda.Definition"/> already.</param>
    public static WorkloadControllers Start(ICluster cluster, WorkloadOptions options)
    {
        TimeProvider time = options.Time;
        FakeNode.Register(cluster, options.Nodes, time);
        var events = new EventRecorder(cluster, time);
        var network = new PodNetwork(options);
        var queue = new WorkQueue(time);
        Kubelet? kubelet = null;
        kubelet = new Kubelet(cluster, network, events, options, key => queue.Add(new Work(kubelet!, key)));
        List<IController> controllers =
        [
            new DeploymentController(cluster, events, time),
            new ReplicaSetController(cluster, events, time),
            new DaemonSetController(cluster, events, time),
            new ServiceController(cluster),
            new MirroringController(cluster),
            new PodAutoscalerController(cluster, events, time),
            new Scheduler(cluster, events, time),
            kubelet,
        ];
        if (cluster.Get(Kinds.CustomResourceDefinitions, null, Keda.Definition.Name()) is not null)
            controllers.Add(new ScaledObjectController(cluster, events, time));
        return new WorkloadControllers(
            new ControllerLoop(cluster, queue, controllers, options.Logging.CreateLogger<WorkloadControllers>()), network);
    }

    /// <summary>Stops reconciling and closes every pod's listener; the objects stay as they are.</summary>
    public async ValueTask DisposeAsync()
    {
        await loop.DisposeAsync();
        await network.DisposeAsync();
    }
}
