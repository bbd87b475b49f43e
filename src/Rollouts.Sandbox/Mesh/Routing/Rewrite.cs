using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.Mesh.Routing;

/// <summary>Istio's HTTPRewrite. A rewrite after a prefix match replaces the prefix, after any other match the whole path.</summary>
/// <param name="Substitution">What the pattern's matches become, with groups written as <c>$1</c>.</param>
internal sealed record Rewrite(string? Uri, string? Authority, Regex? Pattern, string? Substitution)
{
    public static Rewrite? From(JsonNode? node) => node is null ? null : new(
        node.TextAt("uri"),
        node.TextAt("authority"),
        Re2.Parse(node.TextAt("uriRegexRewrite", "match")),
        // RE2 writes groups with a backslash.
        node.TextAt("uriRegexRewrite", "rewrite") is { } rewrite ? Regex.Replace(rewrite, @"\\(\d)", "$${$1}") : null);

    public string PathFor(string path, RequestMatch? by)
    {
        if (Pattern is not null && Substitution is not null)
            return Pattern.Replace(path, Substitution);
        if (Uri is null)
            return path;
        return by?.Uri?.Prefix is { } prefix ? Uri + path[prefix.Length..] : Uri;
    }
}
