namespace Rollouts.Sandbox.ApiServer.Writing;

/// <param name="GracePeriod">Seconds that a pod may go on; null for what its spec says.</param>
/// <param name="Propagation">Orphan, Background or Foreground; null for the kind's default.</param>
internal sealed record DeleteOptions(
    bool DryRun = false, long? GracePeriod = null, string? Propagation = null, string? Uid = null, string? ResourceVersion = null);
