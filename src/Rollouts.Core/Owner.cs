using System.Text.Json.Nodes;

namespace Rollouts.Core;

/// <summary>The labels by which what we made is told from what we found.</summary>
internal static class Owner
{
    public static JsonObject Labels(Names names) => new()
    {
        [Names.OwnerLabel] = names.Canary,
        [Names.MadeByLabel] = Names.MadeBy,
    };

    /// <summary>Whether we created the object, and did not find and adopt it.</summary>
    public static bool HasMade(JsonObject obj) =>
        obj["metadata"]?["labels"]?[Names.MadeByLabel] is JsonValue value && value.TryGetValue(out string? maker) && maker == Names.MadeBy;

    /// <summary>Takes the labels off what is left behind.</summary>
    public static void Disown(JsonObject left)
    {
        if (left["metadata"]?["labels"] is not JsonObject labels)
            return;
        labels.Remove(Names.OwnerLabel);
        labels.Remove(Names.MadeByLabel);
    }
}
