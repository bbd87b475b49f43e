using System.Text.Json.Nodes;
using Rollouts.Core.Configs;
using Rollouts.Model;
using Rollouts.Model.Service;

namespace Rollouts.Core;

/// <summary>What is seen of the pods of a workload and of the Service in front of them.</summary>
public sealed record WorkloadFacts
{
    /// <summary>What the pod template is: the target's by its hash, the primary's by its annotation.</summary>
    public required string Revision { get; init; }

    /// <summary>spec.replicas; of a DaemonSet the nodes for its pods; of a Service 1 while its copy has the revision under test. 0: at rest.</summary>
    public required int Wanted { get; init; }

    /// <summary>Pods of the present template.</summary>
    public int Updated { get; init; }

    /// <summary>Pods of any template.</summary>
    public int Total { get; init; }

    /// <summary>Pods that were ready for minReadySeconds.</summary>
    public int Available { get; init; }

    /// <summary>Whether the workload's own controller has seen its present spec, so that the numbers speak of it.</summary>
    public bool UpToDate { get; init; }

    /// <summary>Condition Progressing says ProgressDeadlineExceeded.</summary>
    public bool DeadlineExceeded { get; init; }

    /// <summary>Ready addresses behind the Service that the route sends to.</summary>
    public int ReadyEndpoints { get; init; }

    /// <summary>A pod of the present template that cannot run; null where all can.</summary>
    public PodFailure? Failure { get; init; }

    /// <summary>All pods are of the present template, the wanted share of them is available, and the Service has an address.</summary>
    public bool IsReady(Percentage threshold) =>
        UpToDate && Wanted > 0 && Updated >= Wanted && Total <= Updated && Available >= Math.Max(1, threshold.Of(Updated)) && ReadyEndpoints > 0;
}

/// <param name="Reason">CrashLoopBackOff, ImagePullBackOff, CreateContainerConfigError, OOMKilled or Unschedulable.</param>
/// <param name="Message">The container's last words, or the kubelet's.</param>
public sealed record PodFailure(string Pod, string Reason, string Message);

/// <param name="Selector">Null where its selector has none of the labels by which a primary could be told apart, and of a Service.</param>
/// <param name="Spec">The spec as it is released.</param>
public sealed record TargetFacts(WorkloadFacts Workload, PodSelector? Selector, JsonObject Spec)
{
    /// <summary>Labels and annotations of the target that the primary has too.</summary>
    public ExtraMetadata Inherited { get; init; } = ExtraMetadata.None;

    /// <summary>The ConfigMaps and Secrets whose contents belong to the revision.</summary>
    public EquatableList<TrackedConfig> Configs { get; init; } = [];

    /// <summary>The run for which its pods were started; null where they were not started for one that has configs.</summary>
    public string? StartedForRun { get; init; }

    /// <summary>Whether it is a Service without an address of its own.</summary>
    public bool IsHeadless { get; init; }

    /// <summary>Why it cannot be released as it is, and the mend; null where it can.</summary>
    public string? Problem { get; init; }
}
