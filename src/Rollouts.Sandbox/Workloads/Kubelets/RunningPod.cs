using Rollouts.Sandbox.Workloads.Apps;

namespace Rollouts.Sandbox.Workloads.Kubelets;

/// <summary>A pod that the kubelet has started.</summary>
internal sealed class RunningPod(string uid, string ip, PodPlan plan, DateTimeOffset started, PodServer? server)
{
    public string Uid { get; } = uid;

    public string IP { get; } = ip;

    public PodPlan Plan { get; } = plan;

    public DateTimeOffset Started { get; } = started;

    /// <summary>What answers its requests; null for a pod whose program never gets that far.</summary>
    public PodServer? Server { get; } = server;

    /// <summary>The stage that its status was last written for. What others write into the status after that is left alone.</summary>
    public PodStage? Shown { get; set; }

    /// <summary>Its end, once it was told to.</summary>
    public Task? Ending { get; set; }
}
