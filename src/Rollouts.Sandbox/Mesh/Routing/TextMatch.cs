using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Mesh.Translating;

namespace Rollouts.Sandbox.Mesh.Routing;

/// <summary>
/// Istio's StringMatch: exact, prefix or regex (RE2, which must cover the whole text); the empty object asks only for presence.
/// </summary>
internal sealed class TextMatch
{
    private readonly Func<string, bool> _test;

    private TextMatch(Func<string, bool> test, string? prefix = null) => (_test, Prefix) = (test, prefix);

    /// <summary>The prefix asked for, which a rewrite replaces; null for the other kinds.</summary>
    public string? Prefix { get; }

    public bool Matches(string? value) => value is not null && _test(value);

    /// <summary>The match that the object describes, null where there is no object.</summary>
    public static TextMatch? From(JsonNode? node, bool ignoreCase = false)
    {
        var comparison = ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        if (node is not JsonObject)
            return null;
        if (node.TextAt("exact") is { } exact)
            return new(value => string.Equals(value, exact, comparison));
        if (node.TextAt("prefix") is { } prefix)
            return new(value => value.StartsWith(prefix, comparison), prefix);
        if (node.TextAt("regex") is { } regex)
            return Pattern(regex);
        return new(_ => true);
    }

    // Istio's own admission refuses a regex that RE2 cannot read; here such a match holds for nothing.
    private static TextMatch Pattern(string regex) =>
        Re2.Parse($@"\A(?:{regex})\z") is { } pattern ? new(pattern.IsMatch) : new(_ => false);
}
