namespace Rollouts.Sandbox.Workloads.Kubelets;

/// <summary>What becomes of a pod once it is on the node; said by its annotation <c>fake-kubelet/outcome</c>.</summary>
internal enum PodOutcome
{
    /// <summary><c>ready</c>, the default: it runs, and is ready after a while.</summary>
    Ready,

    /// <summary><c>never-ready</c>: it runs and answers, but its readiness probe never passes.</summary>
    NeverReady,

    /// <summary><c>crash</c>: its containers end with exit code 1 again and again.</summary>
    Crash,

    /// <summary><c>image-pull</c>: its images cannot be pulled.</summary>
    ImagePull,
}
