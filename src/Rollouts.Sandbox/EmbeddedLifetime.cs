using Microsoft.Extensions.Hosting;

namespace Rollouts.Sandbox;

/// <summary>Of a server within another process: the default lifetime would take Ctrl-C away from that process and stop before it does.</summary>
internal sealed class EmbeddedLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
