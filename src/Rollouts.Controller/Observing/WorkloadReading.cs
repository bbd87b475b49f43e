using System.Text.Json.Nodes;
using Rollouts.Core;
using Rollouts.Core.Configs;
using Rollouts.Core.Targets;
using Rollouts.Kubernetes.Reading;
using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Controller.Observing;

/// <summary>Reads the state of a workload, its newest pods and the Service in front of them from the caches.</summary>
internal sealed class WorkloadReading(ClusterCache cache, ControllerOptions options)
{
    private readonly ConfigReading configReading = new(cache, options);
    private readonly EndpointReading endpoints = new(cache);

    public TargetFacts? Target(
        TargetKind kind, JsonObject? workload, CanaryStatus status, IReadOnlyDictionary<string, JsonObject> snapshots, string service, TimeSpan deadline, DateTimeOffset now)
    {
        if (workload?.Object("spec") is not { } live || TargetKinds.Released(kind, live) is not { } spec || spec.Object("template") is not { } template)
            return null;
        var labels = new EquatableMap(workload.TextMap("spec", "selector", "matchLabels"));
        var configs = configReading.Of(workload.Namespace, template);
        var revision = TargetRevision.Of(template, configs.Tracked, status.LastAppliedSpec, snapshots);
        var target = new TargetFacts(Read(kind, workload, revision, service, deadline, now), PodSelector.Of(labels, options.SelectorLabels), spec)
        {
            Configs = configs.Tracked,
            StartedForRun = workload.Annotations.GetValueOrDefault(FreshPods.Annotation),
            Problem = configs.Problem ?? TargetKinds.Problem(kind, live),
            Inherited = InheritedMetadata.Of(workload.Labels, workload.Annotations, options.IncludeLabelPrefixes),
        };
        var judged = FreshPods.Judge(status, target);
        // The kubelet would say the same once pods are started, and in mid-run they may never be.
        return configs.Problem is { } problem ? judged with { Workload = judged.Workload with { Failure = new PodFailure(workload.Name, "CreateContainerConfigError", problem) } } : judged;
    }

    public WorkloadFacts? Primary(TargetKind kind, JsonObject? workload, string service, TimeSpan deadline, DateTimeOffset now) =>
        workload is null
            ? null
            : Read(kind, workload, workload.Text("spec", "template", "metadata", "annotations", Names.RevisionAnnotation) ?? "", service, deadline, now);

    private WorkloadFacts Read(TargetKind kind, JsonObject workload, string revision, string service, TimeSpan deadline, DateTimeOffset now)
    {
        var isUpToDate = workload.Integer("status", "observedGeneration") >= workload.Generation;
        var facts = new WorkloadFacts
        {
            Revision = revision,
            Wanted = 0,
            UpToDate = isUpToDate,
            ReadyEndpoints = endpoints.Ready(workload.Namespace, service),
            Failure = isUpToDate ? Failure(kind, workload, deadline, now) : null,
        };
        return kind == TargetKind.DaemonSet ? OfDaemonSet(facts, workload) : OfDeployment(facts, workload);
    }

    private static WorkloadFacts OfDeployment(WorkloadFacts facts, JsonObject deployment) => facts with
    {
        Wanted = (int)(deployment.Integer("spec", "replicas") ?? 1),
        Updated = Count(deployment, "updatedReplicas"),
        Total = Count(deployment, "replicas"),
        Available = Count(deployment, "availableReplicas"),
        // Of the present template only: the condition of the one before stands until the Deployment's controller has looked.
        DeadlineExceeded = facts.UpToDate && deployment.Condition("Progressing").Text("reason") == "ProgressDeadlineExceeded",
    };

    private static WorkloadFacts OfDaemonSet(WorkloadFacts facts, JsonObject set)
    {
        var isResting = DaemonRest.IsIn(set.At("spec", "template"));
        return facts with
        {
            // Where no node is one for its pods it is not at rest all the same: it waits for a node.
            Wanted = isResting ? 0 : Math.Max(1, Count(set, "desiredNumberScheduled")),
            Updated = Count(set, "updatedNumberScheduled"),
            // Misscheduled are the pods of a set at rest that are still going. Else they are on nodes that were given a taint since, and stay there.
            Total = Count(set, "currentNumberScheduled") + (isResting ? Count(set, "numberMisscheduled") : 0),
            Available = Count(set, "numberAvailable"),
        };
    }

    private static int Count(JsonObject workload, string field) => (int)(workload.Integer("status", field) ?? 0);

    private PodFailure? Failure(TargetKind kind, JsonObject workload, TimeSpan deadline, DateTimeOffset now)
    {
        var pods = (kind == TargetKind.DaemonSet ? DaemonPods(workload) : DeploymentPods(workload)).ToList();
        return pods.Select(PodReading.Failure).FirstOrDefault(failure => failure is not null)
            ?? pods.Where(pod => PodReading.UnschedulableSince(pod) is { } since && now - since >= deadline)
                .Select(pod => new PodFailure(pod.Name, "Unschedulable", pod.Condition("PodScheduled").Text("message") ?? "no node takes it"))
                .FirstOrDefault();
    }

    // Only pods of the present template count: an older ReplicaSet's that crash are on their way out.
    private IEnumerable<JsonObject> DeploymentPods(JsonObject deployment)
    {
        const string revision = "deployment.kubernetes.io/revision";
        return deployment.Annotations.TryGetValue(revision, out var newest)
            ? cache.ReplicaSets.Store.Find(ReplicaSetIndexes.Owner, deployment.Uid)
                .Where(set => set.Annotations.GetValueOrDefault(revision) == newest)
                .SelectMany(set => cache.Pods.Store.Find(PodIndexes.Owner, set.Uid))
            : [];
    }

    // The API server counts a DaemonSet's templates, and its controller writes the number on each pod: https://github.com/kubernetes/kubernetes/issues/45924
    private IEnumerable<JsonObject> DaemonPods(JsonObject set) =>
        set.Annotations.TryGetValue("deprecated.daemonset.template.generation", out var newest)
            ? cache.Pods.Store.Find(PodIndexes.Owner, set.Uid).Where(pod => pod.Labels.GetValueOrDefault("pod-template-generation") == newest)
            : [];
}
