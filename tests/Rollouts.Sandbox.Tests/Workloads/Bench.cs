using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Workloads.Autoscaling;
using Rollouts.Sandbox.Workloads.DaemonSets;
using Rollouts.Sandbox.Workloads.Deployments;
using Rollouts.Sandbox.Workloads.Endpoints;
using Rollouts.Sandbox.Workloads.Kubelets;
using Rollouts.Sandbox.Workloads.Objects;
using Rollouts.Sandbox.Workloads.ReplicaSets;
using Rollouts.Sandbox.Workloads.Running;

namespace Rollouts.Sandbox.Tests.Workloads;

/// <summary>
/// The controllers on a cluster without loop, threads or kubelet: a test says who looks when, which pods become ready and how time
/// passes. Pods are on no node, so that deleted ones are gone at once.
/// </summary>
internal sealed class Bench
{
    private readonly Dictionary<ResourceKind, IController> controllers;

    /// <param name="nodes">How many nodes there are for the pods of DaemonSets.</param>
    public Bench(int nodes = 1)
    {
        Cluster = new Cluster(Time, seed: 1, historyLength: 10_000);
        Cluster.Create(Kinds.Namespaces, new JsonObject { ["metadata"] = new JsonObject { ["name"] = "default" } });
        FakeNode.Register(Cluster, nodes, Time);
        Cluster.Create(Kinds.CustomResourceDefinitions, Keda.Definition);
        var events = new EventRecorder(Cluster, Time);
        controllers = new()
        {
            [Kinds.Deployments] = new DeploymentController(Cluster, events, Time),
            [Kinds.ReplicaSets] = new ReplicaSetController(Cluster, events, Time),
            [Kinds.DaemonSets] = new DaemonSetController(Cluster, events, Time),
            [Kinds.Services] = new ServiceController(Cluster),
            [Kinds.Endpoints] = new MirroringController(Cluster),
            [Kinds.HorizontalPodAutoscalers] = new PodAutoscalerController(Cluster, events, Time),
            [Keda.ScaledObjects] = new ScaledObjectController(Cluster, events, Time),
        };
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public Cluster Cluster { get; }

    public IReadOnlyList<JsonObject> Pods => Cluster.List(Kinds.Pods);

    public IReadOnlyList<JsonObject> Sets => Cluster.List(Kinds.ReplicaSets);

    /// <summary>The messages of the Events of a kind of object, in the order of their happening.</summary>
    public IEnumerable<string?> Told(ResourceKind about) => Cluster.List(Kinds.Events)
        .Where(e => e.TextAt("involvedObject", "kind") == about.Kind).Select(e => e.TextAt("message"));

    public JsonObject Get(ResourceKind kind, string name) =>
        Cluster.Get(kind, "default", name) ?? throw new InvalidOperationException($"there is no {kind} {name}");

    public void Change(ResourceKind kind, string name, Action<JsonObject> change, string? subresource = null)
    {
        JsonObject obj = Get(kind, name);
        change(obj);
        Cluster.Update(kind, obj, subresource);
    }

    public void SetImage(string image, ResourceKind? kind = null, string name = "web") => Change(kind ?? Kinds.Deployments, name,
        d => d["spec"]!["template"]!["spec"]!["containers"]![0]!["image"] = image);

    /// <summary>One controller looks at one object.</summary>
    public TimeSpan? Look(ResourceKind kind, string name) =>
        controllers[kind].ReconcileAsync(new ObjectKey("default", name), default).GetAwaiter().GetResult();

    /// <summary>Everyone looks at everything until nobody changes anything any more.</summary>
    public void Settle()
    {
        long before;
        do
        {
            before = Cluster.Store.Revision;
            foreach (ResourceKind kind in controllers.Keys)
                foreach (string name in Cluster.List(kind).Concat(kind == Kinds.Services ? Cluster.List(Kinds.Endpoints) : [])
                    .Select(o => o.Name()).Distinct())
                    Look(kind, name);
        }
        while (Cluster.Store.Revision != before);
    }

    public void SetReady(JsonObject pod, bool ready = true) => Change(Kinds.Pods, pod.Name(), p =>
    {
        JsonObject status = p.Ensure("status");
        status["phase"] = "Running";
        PodStatus.SetCondition(status, "Ready", ready, "ContainersNotReady", "not yet", Time.GetUtcNow());
    }, "status");

    /// <summary>Every pod becomes ready as soon as it is there, until nothing happens any more.</summary>
    public void SettleReady()
    {
        do
        {
            foreach (JsonObject pod in Pods.Where(p => !p.IsReady()))
                SetReady(pod);
            Settle();
        }
        while (Pods.Any(p => !p.IsReady()));
    }

    /// <summary>A condition as <c>True MinimumReplicasAvailable</c>; null where there is none.</summary>
    public string? Condition(string type, string name = "web") => Get(Kinds.Deployments, name)["status"].Condition(type) is { } found
        ? $"{found.TextAt("status")} {found.TextAt("reason")}" : null;

    /// <summary>The counters of a Deployment's status: replicas, updated, ready, available, unavailable.</summary>
    public (int, int, int, int, int) Counters(string name = "web")
    {
        JsonNode? status = Get(Kinds.Deployments, name)["status"];
        return (status.Counter("replicas"), status.Counter("updatedReplicas"), status.Counter("readyReplicas"),
            status.Counter("availableReplicas"), status.Counter("unavailableReplicas"));
    }
}
