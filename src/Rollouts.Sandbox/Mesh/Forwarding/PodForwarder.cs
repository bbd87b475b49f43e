using System.Net;
using Microsoft.AspNetCore.Http;
using Rollouts.Sandbox.Mesh.Routing;
using Rollouts.Sandbox.Workloads;
using Yarp.ReverseProxy.Forwarder;

namespace Rollouts.Sandbox.Mesh.Forwarding;

/// <summary>One try of one request at one pod, through YARP.</summary>
internal sealed class PodForwarder(IHttpForwarder forwarder, HttpMessageInvoker client, IPodNetwork pods)
{
    private static readonly ForwarderRequestConfig Config = new()
    {
        Version = HttpVersion.Version11,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        // Envoy's idle timeout of a stream; the route's own timeout comes as the token.
        ActivityTimeout = TimeSpan.FromMinutes(5),
    };

    /// <param name="mayRetry">Whether another try would be allowed after this one.</param>
    /// <param name="timeout">Ends the try when the route's timeout is over.</param>
    public async Task<Outcome> TryAsync(
        HttpContext context, Backend backend, Destination destination, HttpRule rule, bool mayRetry, CancellationToken timeout)
    {
        if (pods.Resolve(backend.PodIP, backend.Port) is not { } endpoint)
            return new Outcome(503, "UF", mayRetry);

        // A body can be read only once: what has one is tried again only when the connection failed, before it was read.
        var hasBody = context.Request.ContentLength > 0 || context.Request.Headers.TransferEncoding.Count > 0;
        var transform = new ResponseTransform(destination, rule, mayRetry && rule.Retries.OnServerError && !hasBody);
        var error = await forwarder.SendAsync(context, endpoint.GetLeftPart(UriPartial.Authority), client, Config, transform, timeout);
        if (error == ForwarderError.None)
            return new Outcome(context.Response.StatusCode, "-", transform.HeldBack);
        if (context.RequestAborted.IsCancellationRequested || error is ForwarderError.ResponseBodyClient or ForwarderError.RequestBodyClient)
            return Outcome.ClientLeft;
        if (timeout.IsCancellationRequested || error == ForwarderError.RequestTimedOut)
            return Outcome.TimedOut;
        if (context.Response.HasStarted)
            return new Outcome(context.Response.StatusCode, "UC");
        return NeverConnected(context)
            ? new Outcome(503, "UF", mayRetry)
            : new Outcome(503, "UC", mayRetry && rule.Retries.OnServerError && !hasBody);
    }

    private static bool NeverConnected(HttpContext context) =>
        context.Features.Get<IForwarderErrorFeature>()?.Exception is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError };
}
