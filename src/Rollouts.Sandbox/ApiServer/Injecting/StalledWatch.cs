using Microsoft.AspNetCore.Http;

namespace Rollouts.Sandbox.ApiServer.Injecting;

/// <summary>
/// After so many events a watch says nothing more though its connection stays, until the caller leaves; any other request goes well.
/// </summary>
public sealed record StalledWatch(int AfterEvents) : RequestFault
{
    internal override Task MeetAsync(HttpContext context, RequestDelegate next, TimeProvider time, CancellationToken stopping)
    {
        if (ApiRequest.Of(context.Request).IsWatch)
            context.Response.Body = new WatchBody(context.Response.Body, AfterEvents, async () =>
            {
                using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
                await Task.Delay(Timeout.InfiniteTimeSpan, time, ended.Token);
            });
        return next(context);
    }
}
