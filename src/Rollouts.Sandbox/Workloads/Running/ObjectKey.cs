namespace Rollouts.Sandbox.Workloads.Running;

/// <summary>The namespace (null for kinds without) and name of an object; which kind is clear from where the key is used.</summary>
internal readonly record struct ObjectKey(string? Namespace, string Name);
