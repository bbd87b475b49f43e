using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.Workloads.Objects;

/// <summary>Selectors as they stand in objects: <c>matchLabels</c> and <c>matchExpressions</c>, or a plain map of labels.</summary>
internal static class LabelMatch
{
    /// <summary>A selector that is missing matches nothing, an empty one everything.</summary>
    public static bool Matches(JsonObject? selector, JsonObject obj)
    {
        if (selector is null)
            return false;
        JsonObject? labels = obj.ObjectAt("metadata", "labels");
        return MatchesAll(selector.ObjectAt("matchLabels"), labels)
            && selector.ObjectsAt("matchExpressions").All(e => Holds(e, labels));
    }

    /// <summary>Whether the labels have every one of the wanted; true where nothing is wanted.</summary>
    public static bool MatchesAll(JsonObject? wanted, JsonObject? labels) =>
        wanted is null || wanted.All(w => labels.TextAt(w.Key) is { } value && value == w.Value.AsText());

    private static bool Holds(JsonObject expression, JsonObject? labels)
    {
        string? value = labels.TextAt(expression.TextAt("key") ?? "");
        bool among = value is not null && (expression.ArrayAt("values")?.Any(v => v.AsText() == value) ?? false);
        return expression.TextAt("operator") switch
        {
            "In" => among,
            "NotIn" => !among,
            "Exists" => value is not null,
            "DoesNotExist" => value is null,
            _ => false,
        };
    }
}
