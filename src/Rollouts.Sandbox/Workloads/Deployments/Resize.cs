namespace Rollouts.Sandbox.Workloads.Deployments;

internal sealed record Resize(string Name, int Replicas);
