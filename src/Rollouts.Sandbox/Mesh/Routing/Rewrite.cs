using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Mesh.Translating;

namespace Rollouts.Sandbox.Mesh.Routing;

/// <summary>Istio's HTTPRewrite. A rewrite after a prefix match replaces the prefix, after any other match the whole path.</summary>
internal sealed record Rewrite(string? Uri, string? Authority, string? Pattern, string? Substitution)
{
    public static Rewrite? From(JsonNode? node) => node is null ? null : new(
        node.TextAt("uri"), node.TextAt("authority"), node.TextAt("uriRegexRewrite", "match"), node.TextAt("uriRegexRewrite", "rewrite"));

    public string PathFor(string path, RequestMatch? by)
    {
        if (Pattern is not null && Substitution is not null)
            return Regex.Replace(path, Pattern, Regex.Replace(Substitution, @"\\(\d)", "$${$1}"), RegexOptions.NonBacktracking);
        if (Uri is null)
            return path;
        return by?.Uri?.Prefix is { } prefix ? Uri + path[prefix.Length..] : Uri;
    }
}
