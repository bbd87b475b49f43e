namespace Rollouts.Model;

/// <summary>The kinds of workload that a Canary may name.</summary>
public enum TargetKind
{
    Deployment,
    DaemonSet,
    Service,
}
