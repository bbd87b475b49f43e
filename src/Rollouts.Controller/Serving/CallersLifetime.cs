using Microsoft.Extensions.Hosting;

namespace Rollouts.Controller.Serving;

/// <summary>Who started the controller ends it. The default lifetime would react to Ctrl-C by itself, before its caller has.</summary>
internal sealed class CallersLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
