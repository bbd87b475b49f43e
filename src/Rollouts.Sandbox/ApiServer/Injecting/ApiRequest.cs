using Microsoft.AspNetCore.Http;
using Rollouts.Sandbox.ApiServer.Http;

namespace Rollouts.Sandbox.ApiServer.Injecting;

/// <summary>A request as it comes in.</summary>
/// <param name="Path">Without the query, <c>/apis/apps/v1/namespaces/default/deployments/web</c>.</param>
/// <param name="Query">With its question mark, or empty.</param>
public sealed record ApiRequest(string Method, string Path, string Query, bool IsWatch)
{
    public bool IsWrite => Method is not ("GET" or "HEAD" or "OPTIONS");

    internal static ApiRequest Of(HttpRequest request) => new(
        request.Method,
        request.Path.Value ?? "/",
        request.QueryString.Value ?? "",
        HttpMethods.IsGet(request.Method) && request.Flag("watch"));
}
