namespace Rollouts.Sandbox.Mesh.Routing;

/// <summary>A ready pod behind a Service.</summary>
internal sealed record Backend(string PodIP, int Port, Workload Workload);
