using Microsoft.AspNetCore.Http;

namespace Rollouts.Sandbox.Mesh.Forwarding;

/// <summary>A copy of a request, taken before it is forwarded, for the mirror.</summary>
internal sealed record Shadow(string Method, string PathAndQuery, string Authority, IReadOnlyList<KeyValuePair<string, string?[]>> Headers, byte[] Body)
{
    /// <summary>Reads the body of the request and puts one in its place that can be read again.</summary>
    public static async Task<Shadow> OfAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        var bytes = body.ToArray();
        request.Body = new MemoryStream(bytes);
        return new Shadow(
            request.Method,
            request.Path.ToUriComponent() + request.QueryString.ToUriComponent(),
            ShadowOf(request.Host),
            [.. request.Headers.Select(header => KeyValuePair.Create(header.Key, header.Value.ToArray()))],
            bytes);
    }

    public HttpRequestMessage ToMessage(Uri endpoint)
    {
        var message = new HttpRequestMessage(new HttpMethod(Method), new Uri(endpoint, PathAndQuery));
        if (Body.Length > 0)
            message.Content = new ByteArrayContent(Body);
        foreach (var (name, values) in Headers.Where(header => !IsOfTheConnection(header.Key)))
        {
            if (!message.Headers.TryAddWithoutValidation(name, values))
                message.Content?.Headers.TryAddWithoutValidation(name, values);
        }
        message.Headers.Host = Authority;
        return message;
    }

    // Envoy marks the copies it sends.
    private static string ShadowOf(HostString host) => host.Port is { } port ? $"{host.Host}-shadow:{port}" : $"{host.Host}-shadow";

    private static bool IsOfTheConnection(string header) =>
        header.ToLowerInvariant() is "host" or "connection" or "transfer-encoding" or "content-length" or "keep-alive" or "upgrade";
}
