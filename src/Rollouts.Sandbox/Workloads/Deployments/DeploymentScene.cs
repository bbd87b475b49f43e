using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Workloads.Objects;

namespace Rollouts.Sandbox.Workloads.Deployments;

/// <summary>A Deployment with its ReplicaSets and their pods as one reconcile found them, and as it changes them.</summary>
internal sealed class DeploymentScene
{
    private readonly ILookup<string, JsonObject> podsByOwner;
    private readonly List<JsonObject> sets;
    private readonly DateTimeOffset now;

    public DeploymentScene(JsonObject deployment, IEnumerable<JsonObject> replicaSets, IEnumerable<JsonObject> pods, DateTimeOffset now)
    {
        Deployment = deployment;
        Spec = DeploymentSpec.Of(deployment);
        this.now = now;
        sets = [.. replicaSets.OrderBy(s => s.Created()).ThenBy(s => s.Name(), StringComparer.Ordinal)];
        podsByOwner = pods.ToLookup(p => p.Controller().TextAt("uid") ?? "");
        string wanted = Template(deployment);
        New = sets.FirstOrDefault(s => Template(s) == wanted);
    }

    /// <summary>The Deployment as last read or written.</summary>
    public JsonObject Deployment { get; set; }

    public DeploymentSpec Spec { get; }

    /// <summary>The ReplicaSet of the Deployment's present template, once there is one.</summary>
    public JsonObject? New { get; private set; }

    /// <summary>Every ReplicaSet, the oldest first.</summary>
    public IReadOnlyList<JsonObject> All => sets;

    public IEnumerable<JsonObject> Old => sets.Where(s => s != New);

    /// <summary>Whether the replicas were changed since the ReplicaSets in use were sized.</summary>
    public bool IsScaling => sets.Any(s => s.Replicas() > 0
        && RevisionAnnotations.Number(s, RevisionAnnotations.DesiredReplicas) is { } desired && desired != Spec.Replicas);

    public SetSize SizeOf(JsonObject set)
    {
        List<JsonObject> pods = [.. podsByOwner[set.Uid()].Where(p => p.IsActive())];
        return new SetSize(set.Name(), set.Replicas(), pods.Count, pods.Count(p => p.IsAvailable(Spec.MinReady, now)));
    }

    /// <summary>The pods of the old ReplicaSets that run, those included that were told to end.</summary>
    public bool OldPodsRun => Old.Any(s => podsByOwner[s.Uid()].Any(p => !p.HasEnded()));

    public void AddNew(JsonObject set)
    {
        sets.Add(set);
        New = set;
    }

    public void Replace(JsonObject before, JsonObject after)
    {
        sets[sets.IndexOf(before)] = after;
        if (New == before)
            New = after;
    }

    /// <summary>The template as compared: without the label that tells the ReplicaSets apart.</summary>
    private static string Template(JsonObject owner)
    {
        JsonObject template = owner.ObjectAt("spec", "template")?.Copy() ?? [];
        template.ObjectAt("metadata", "labels")?.Remove(RevisionAnnotations.HashLabel);
        return CanonicalJson.Of(template);
    }
}
