using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rollouts.Kubernetes.Reading;

namespace Rollouts.Kubernetes.Client;

/// <summary>Turns every way in which a request can fail into a <see cref="ClusterException"/>.</summary>
internal static class Refusal
{
    /// <summary>From a Status object, as an answer's body or as the object of an ERROR event.</summary>
    public static ClusterException FromStatus(JsonObject status, int httpCode)
    {
        var code = (int)(status.Integer("code") ?? httpCode);
        return new ClusterException(code, status.Text("reason") ?? ReasonOf(code), status.Text("message") ?? $"The API server answered {code}");
    }

    /// <summary>From a body that may be a Status, or the text of a proxy, or of a server that has no such path.</summary>
    public static ClusterException FromBody(int httpCode, string body, string request)
    {
        if (StatusIn(body) is { } status)
            return FromStatus(status, httpCode);
        var reason = httpCode == (int)HttpStatusCode.NotFound ? ClusterReasons.UnknownResource : ReasonOf(httpCode);
        return new ClusterException(httpCode, reason, $"{request} was answered {httpCode}: {body.Trim()}");
    }

    public static ClusterException NoAnswer(string request, Exception cause) =>
        new(0, ClusterReasons.Unreachable, $"{request} got no answer: {cause.Message}", cause);

    public static ClusterException TooSlow(string request, TimeSpan limit) =>
        new(0, ClusterReasons.Timeout, $"{request} had no complete answer within {limit.TotalSeconds:0.#} s");

    private static JsonObject? StatusIn(string body)
    {
        try
        {
            return body.StartsWith('{') && JsonNode.Parse(body) is JsonObject obj && obj.Text("kind") == "Status" ? obj : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string ReasonOf(int code) => ((HttpStatusCode)code).ToString();
}
