namespace Rollouts.Sandbox.Workloads.Running;

internal readonly record struct Work(IController Controller, ObjectKey Key);
