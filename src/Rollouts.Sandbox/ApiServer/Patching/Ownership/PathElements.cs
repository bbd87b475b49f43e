using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Schemas;

namespace Rollouts.Sandbox.ApiServer.Patching.Ownership;

/// <summary>The steps of a field path: how FieldsV1 writes them, and how a sentence to the user does.</summary>
internal static class PathElements
{
    private static readonly JsonSerializerOptions Relaxed = new(JsonSerializerOptions.Default)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Field(string name) => $"f:{name}";

    /// <returns>The step to an item of a set or map list; null where the item lacks a key that has no default.</returns>
    public static string? Item(JsonNode? item, FieldSchema list)
    {
        if (list.List == ListKind.Set)
            return $"v:{Text(item)}";

        var keys = new JsonObject();
        foreach (var key in list.Keys.Order(StringComparer.Ordinal))
        {
            var value = (item as JsonObject)?[key] ?? list.KeyDefaults.GetValueOrDefault(key);
            if (value is null)
                return null;
            keys[key] = value.DeepClone();
        }

        return $"k:{Text(keys)}";
    }

    /// <returns><c>.spec.containers[name="app"].image</c></returns>
    public static string Describe(IEnumerable<string> path) => string.Concat(path.Select(Describe));

    public static string Describe(string element) => (element[0], element[2..]) switch
    {
        ('k', var keys) => $"[{string.Join(',', JsonNode.Parse(keys)!.AsObject().Select(k => $"{k.Key}={Text(k.Value)}"))}]",
        ('v', var value) => $"[={value}]",
        ('i', var index) => $"[{index}]",
        (_, var name) => $".{name}",
    };

    private static string Text(JsonNode? node) => node?.ToJsonString(Relaxed) ?? "null";
}
