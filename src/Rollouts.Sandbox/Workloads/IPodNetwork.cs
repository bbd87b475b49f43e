namespace Rollouts.Sandbox.Workloads;

/// <summary>Where a pod really listens: its address in the cluster is invented, its endpoint is a port on loopback.</summary>
public interface IPodNetwork
{
    /// <summary>The loopback endpoint that serves the container port of the pod with this address, or null where nothing listens.</summary>
    Uri? Resolve(string podIP, int port);
}
