namespace Rollouts.Sandbox.Workloads.Kubelets;

internal enum StageKind
{
    /// <summary>The containers run; the pod is not ready.</summary>
    Started,

    /// <summary>The containers run; the pod is ready.</summary>
    Ready,

    /// <summary>A container that crashed waits before it is started again: CrashLoopBackOff.</summary>
    CrashBackOff,

    /// <summary>An image could not be pulled: ErrImagePull.</summary>
    PullFailed,

    /// <summary>An image that could not be pulled waits before it is tried again: ImagePullBackOff.</summary>
    PullBackOff,
}

/// <summary>Where in its life a pod is.</summary>
/// <param name="Failures">How many runs or pulls have failed so far.</param>
/// <param name="Since">The age of the pod at which the stage began.</param>
/// <param name="Wait">For a stage of back-off, how long it takes in all.</param>
/// <param name="Until">The age at which it ends; null: never by itself.</param>
internal sealed record PodStage(StageKind Kind, int Failures, TimeSpan Since, TimeSpan Wait, TimeSpan? Until);
