namespace Rollouts.Sandbox.Workloads.Deployments;

/// <summary>One ReplicaSet of a Deployment in numbers.</summary>
/// <param name="Wanted">The replicas of its spec.</param>
/// <param name="Pods">Its pods that are neither ended nor deleted.</param>
/// <param name="Available">Those of its pods that are available.</param>
internal sealed record SetSize(string Name, int Wanted, int Pods, int Available)
{
    /// <summary>The pods that there are or will be once its controller acted: it never has more than this.</summary>
    public int AtMost => Math.Max(Wanted, Pods);

    /// <summary>The available pods that stay once its controller acted, which removes unavailable ones first.</summary>
    public int AvailableAtLeast => Math.Min(Wanted, Available);
}
