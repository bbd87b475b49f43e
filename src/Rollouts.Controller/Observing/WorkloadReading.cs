using System.Text.Json.Nodes;
using Rollouts.Core;
using Rollouts.Core.Configs;
using Rollouts.Kubernetes.Reading;
using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Controller.Observing;

/// <summary>Reads the state of a Deployment, its newest pods and the Service in front of them from the caches.</summary>
internal sealed class WorkloadReading(ClusterCache cache, ControllerOptions options)
{
    private readonly ConfigReading configReading = new(cache, options);

    public TargetFacts? Target(
        JsonObject? deployment, CanaryStatus status, IReadOnlyDictionary<string, JsonObject> snapshots, string service, TimeSpan deadline, DateTimeOffset now)
    {
        if (deployment?.Object("spec", "template") is not { } template || deployment.Object("spec") is not { } spec)
            return null;
        var labels = new EquatableMap(deployment.TextMap("spec", "selector", "matchLabels"));
        var configs = configReading.Of(deployment.Namespace, template);
        var revision = TargetRevision.Of(template, configs.Tracked, status.LastAppliedSpec, snapshots);
        var target = new TargetFacts(Read(deployment, revision, service, deadline, now), PodSelector.Of(labels, options.SelectorLabels), spec)
        {
            Configs = configs.Tracked,
            StartedForRun = deployment.Annotations.GetValueOrDefault(FreshPods.Annotation),
            Problem = configs.Problem,
            Inherited = InheritedMetadata.Of(deployment.Labels, deployment.Annotations, options.IncludeLabelPrefixes),
        };
        var judged = FreshPods.Judge(status, target);
        // The kubelet would say the same once pods are started, and in mid-run they may never be.
        return configs.Problem is { } problem ? judged with { Workload = judged.Workload with { Failure = new PodFailure(deployment.Name, "CreateContainerConfigError", problem) } } : judged;
    }

    public WorkloadFacts? Primary(JsonObject? deployment, string service, TimeSpan deadline, DateTimeOffset now) =>
        deployment is null
            ? null
            : Read(deployment, deployment.Text("spec", "template", "metadata", "annotations", Names.RevisionAnnotation) ?? "", service, deadline, now);

    private WorkloadFacts Read(JsonObject deployment, string revision, string service, TimeSpan deadline, DateTimeOffset now) => new()
    {
        Revision = revision,
        Wanted = (int)(deployment.Integer("spec", "replicas") ?? 1),
        Updated = (int)(deployment.Integer("status", "updatedReplicas") ?? 0),
        Total = (int)(deployment.Integer("status", "replicas") ?? 0),
        Available = (int)(deployment.Integer("status", "availableReplicas") ?? 0),
        UpToDate = IsUpToDate(deployment),
        // Of the present template only: the condition of the one before stands until the Deployment's controller has looked.
        DeadlineExceeded = IsUpToDate(deployment) && deployment.Condition("Progressing").Text("reason") == "ProgressDeadlineExceeded",
        ReadyEndpoints = ReadyEndpoints(deployment.Namespace, service),
        Failure = Failure(deployment, deadline, now),
    };

    private static bool IsUpToDate(JsonObject deployment) => deployment.Integer("status", "observedGeneration") >= deployment.Generation;

    private int ReadyEndpoints(string ns, string service) =>
        cache.EndpointSlices.Store.Find(EndpointIndexes.Service, $"{ns}/{service}")
            .SelectMany(slice => slice.Items("endpoints"))
            .Count(endpoint => endpoint.Flag("conditions", "ready") ?? true);

    // Only pods of the present template count: an older ReplicaSet's that crash are on their way out.
    private PodFailure? Failure(JsonObject deployment, TimeSpan deadline, DateTimeOffset now)
    {
        const string revision = "deployment.kubernetes.io/revision";
        if (!IsUpToDate(deployment) || !deployment.Annotations.TryGetValue(revision, out var newest))
            return null;
        var pods = cache.ReplicaSets.Store.Find(ReplicaSetIndexes.Owner, deployment.Uid)
            .Where(set => set.Annotations.GetValueOrDefault(revision) == newest)
            .SelectMany(set => cache.Pods.Store.Find(PodIndexes.Owner, set.Uid))
            .ToList();
        return pods.Select(PodReading.Failure).FirstOrDefault(failure => failure is not null)
            ?? pods.Where(pod => PodReading.UnschedulableSince(pod) is { } since && now - since >= deadline)
                .Select(pod => new PodFailure(pod.Name, "Unschedulable", pod.Condition("PodScheduled").Text("message") ?? "no node takes it"))
                .FirstOrDefault();
    }
}
