using Microsoft.AspNetCore.Http;

namespace Rollouts.Sandbox.ApiServer.Injecting;

/// <summary>The request waits before it is carried out, by the server's clock; of a caller who leaves meanwhile it never is.</summary>
public sealed record DelayedRequest(TimeSpan By) : RequestFault
{
    internal override async Task MeetAsync(HttpContext context, RequestDelegate next, TimeProvider time, CancellationToken stopping)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        await Task.Delay(By, time, ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!ended.IsCancellationRequested)
            await next(context);
    }
}
