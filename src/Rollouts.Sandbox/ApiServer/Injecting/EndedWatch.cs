using Microsoft.AspNetCore.Http;

namespace Rollouts.Sandbox.ApiServer.Injecting;

/// <summary>A watch ends after so many events; any other request goes well.</summary>
/// <param name="Cleanly">As if its time were up; else the connection breaks.</param>
public sealed record EndedWatch(int AfterEvents, bool Cleanly = true) : RequestFault
{
    internal override Task MeetAsync(HttpContext context, RequestDelegate next, TimeProvider time, CancellationToken stopping)
    {
        if (ApiRequest.Of(context.Request).IsWatch)
            context.Response.Body = new WatchBody(context.Response.Body, AfterEvents, () =>
            {
                if (!Cleanly)
                    context.Abort();
                // What follows a flush is the next event: the stream is left as by a caller who has gone.
                throw new OperationCanceledException();
            });
        return next(context);
    }
}
