using Microsoft.AspNetCore.Http;
using Rollouts.Sandbox.Mesh.Routing;
using Yarp.ReverseProxy.Forwarder;

namespace Rollouts.Sandbox.Mesh.Forwarding;

/// <summary>Applies the route's header changes to the answer, and holds back an answer that is to be tried again.</summary>
internal sealed class ResponseTransform(Destination destination, HttpRule rule, bool holdServerErrors) : HttpTransformer
{
    public bool HeldBack { get; private set; }

    public override async ValueTask<bool> TransformResponseAsync(
        HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        var copyBody = await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        if (proxyResponse is null)
            return copyBody;
        if (holdServerErrors && (int)proxyResponse.StatusCode >= 500)
        {
            HeldBack = true;
            return false;
        }
        rule.Response.ApplyTo(httpContext.Response.Headers);
        destination.Response.ApplyTo(httpContext.Response.Headers);
        return copyBody;
    }
}
