using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.ApiServer.Tables;

/// <summary>Selectors in one line, <c>app=web,tier in (a,b)</c>.</summary>
internal static class SelectorText
{
    /// <summary>A selector with matchLabels and matchExpressions, or one that is a map of labels.</summary>
    public static string Of(JsonObject? selector)
    {
        if (selector is null)
            return "<none>";
        JsonObject? labels = selector.ObjectAt("matchLabels") ?? (selector.ContainsKey("matchExpressions") ? null : selector);
        string text = string.Join(",", Equal(labels).Concat(selector.ObjectsAt("matchExpressions").Select(Expression)));
        return text.Length == 0 ? "<none>" : text;
    }

    public static string OfLabels(JsonObject? labels) => labels is { Count: > 0 } ? string.Join(",", Equal(labels)) : "<none>";

    private static IEnumerable<string> Equal(JsonObject? labels) =>
        labels?.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => $"{l.Key}={l.Value.AsText()}") ?? [];

    private static string Expression(JsonObject requirement)
    {
        string key = requirement.TextAt("key") ?? "";
        string values = string.Join(",", (requirement.ArrayAt("values") ?? []).Select(v => v.AsText()).Order(StringComparer.Ordinal));
        return requirement.TextAt("operator") switch
        {
            "In" => $"{key} in ({values})",
            "NotIn" => $"{key} notin ({values})",
            "DoesNotExist" => $"!{key}",
            _ => key,
        };
    }
}
