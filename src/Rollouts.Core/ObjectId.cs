namespace Rollouts.Core;

/// <summary>An object of the Canary's own namespace, by the kinds that a rollout touches.</summary>
public readonly record struct ObjectId(ObjectKind Kind, string Name)
{
    public override string ToString() => $"{Kind} {Name}";
}

/// <summary>The kinds of object that a rollout reads or writes.</summary>
public enum ObjectKind
{
    Canary,
    Deployment,
    DaemonSet,
    Service,
    ControllerRevision,
    HorizontalPodAutoscaler,
    ScaledObject,
    ConfigMap,
    Secret,
    VirtualService,
    DestinationRule,
}
