using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rollouts.Sandbox.ApiServer.Objects;

/// <summary>Reading and writing members of JSON that may or may not be there.</summary>
internal static class Json
{
    public static JsonNode? At(this JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (string name in path)
            node = node is JsonObject members && members.TryGetPropertyValue(name, out JsonNode? member) ? member : null;
        return node;
    }

    public static JsonObject? ObjectAt(this JsonNode? node, params ReadOnlySpan<string> path) => node.At(path) as JsonObject;

    public static JsonArray? ArrayAt(this JsonNode? node, params ReadOnlySpan<string> path) => node.At(path) as JsonArray;

    public static IEnumerable<JsonObject> ObjectsAt(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.ArrayAt(path)?.OfType<JsonObject>() ?? [];

    public static string? TextAt(this JsonNode? node, params ReadOnlySpan<string> path) => node.At(path).AsText();

    public static string? AsText(this JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    public static long? NumberAt(this JsonNode? node, params ReadOnlySpan<string> path) => node.At(path).AsNumber();

    public static long? AsNumber(this JsonNode? node) => node is not JsonValue value ? null
        : value.TryGetValue(out long number) ? number
        : value.TryGetValue(out int small) ? small
        : null;

    public static bool TrueAt(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonValue value && value.GetValueKind() == JsonValueKind.True;

    /// <summary>The object that is a member, made when it is missing.</summary>
    public static JsonObject Ensure(this JsonObject owner, string name)
    {
        if (owner.TryGetPropertyValue(name, out JsonNode? member) && member is JsonObject there)
            return there;
        var made = new JsonObject();
        owner[name] = made;
        return made;
    }

    /// <summary>Fills in a member that is missing.</summary>
    public static void Default(this JsonObject owner, string name, JsonNode value)
    {
        if (owner[name] is null)
            owner[name] = value;
    }

    /// <summary>Sets a member, or takes it away when there is no value.</summary>
    public static void Put(this JsonObject owner, string name, JsonNode? value)
    {
        if (value is null)
            owner.Remove(name);
        else
            owner[name] = value.Parent is null ? value : value.DeepClone();
    }

    public static JsonObject Copy(this JsonObject source) => (JsonObject)source.DeepClone();

    public static bool Same(JsonNode? one, JsonNode? other) => JsonNode.DeepEquals(one, other);
}
