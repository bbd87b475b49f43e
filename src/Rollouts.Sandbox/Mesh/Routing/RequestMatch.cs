using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Mesh.Translating;

namespace Rollouts.Sandbox.Mesh.Routing;

/// <summary>One HTTPMatchRequest: every condition in it must hold. <c>port</c> is not looked at, as one listener stands for all; <c>gateways</c> are dealt with before.</summary>
internal sealed record RequestMatch(
    TextMatch? Uri,
    TextMatch? Method,
    TextMatch? Authority,
    TextMatch? Scheme,
    IReadOnlyList<KeyValuePair<string, TextMatch>> Headers,
    IReadOnlyList<KeyValuePair<string, TextMatch>> WithoutHeaders,
    IReadOnlyList<KeyValuePair<string, TextMatch>> QueryParams,
    bool FromWorkload)
{
    public bool Matches(HttpRequest request) =>
        !FromWorkload
        && (Uri is null || Uri.Matches(request.Path.Value))
        && (Method is null || Method.Matches(request.Method))
        && (Authority is null || Authority.Matches(request.Host.Value))
        && (Scheme is null || Scheme.Matches(request.Scheme))
        && Headers.All(header => header.Value.Matches(Header(request, header.Key)))
        && !WithoutHeaders.Any(header => header.Value.Matches(Header(request, header.Key)))
        && QueryParams.All(param => param.Value.Matches(request.Query.TryGetValue(param.Key, out var values) ? values[0] : null));

    public static RequestMatch From(JsonObject match) => new(
        TextMatch.From(match["uri"], match.TrueAt("ignoreUriCase")),
        TextMatch.From(match["method"]),
        TextMatch.From(match["authority"]),
        TextMatch.From(match["scheme"]),
        Named(match, "headers"),
        Named(match, "withoutHeaders"),
        Named(match, "queryParams"),
        // Whoever calls the sandbox's listener is no workload of the cluster, so a rule for certain callers is not for it.
        FromWorkload: match.EntriesAt("sourceLabels").Any() || match.TextAt("sourceNamespace") is not null);

    private static List<KeyValuePair<string, TextMatch>> Named(JsonObject match, string field) =>
        [.. match.EntriesAt(field).Select(entry => KeyValuePair.Create(entry.Key, TextMatch.From(entry.Value ?? new JsonObject())))
            .Where(pair => pair.Value is not null).Select(pair => KeyValuePair.Create(pair.Key, pair.Value!))];

    // Envoy matches the values of a repeated header joined by commas, and knows the authority as a header.
    private static string? Header(HttpRequest request, string name) =>
        name == ":authority" ? request.Host.Value
        : request.Headers.TryGetValue(name, out var values) ? string.Join(',', values.AsEnumerable())
        : null;
}
