using Microsoft.AspNetCore.Http;

namespace Rollouts.Sandbox.ApiServer.Injecting;

/// <summary>The connection breaks before a byte of the answer is sent. A watch, which is never done, breaks at once either way.</summary>
/// <param name="CarriedOut">Whether the request was carried out first, so that only the answer is lost.</param>
public sealed record CutRequest(bool CarriedOut) : RequestFault
{
    internal override async Task MeetAsync(HttpContext context, RequestDelegate next, TimeProvider time, CancellationToken stopping)
    {
        if (CarriedOut && !ApiRequest.Of(context.Request).IsWatch)
        {
            context.Response.Body = Stream.Null;
            await next(context);
        }
        context.Abort();
    }
}
