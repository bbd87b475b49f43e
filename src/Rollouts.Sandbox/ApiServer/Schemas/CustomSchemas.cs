using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace Rollouts.Sandbox.ApiServer.Schemas;

/// <summary>The schema of a custom kind as patches see it, from the openAPIV3Schema of its definition.</summary>
public static class CustomSchemas
{
    private static readonly FieldSchema Text = FieldSchema.Leaf(FieldType.String, "string");

    /// <param name="openApi">The openAPIV3Schema of one version. What it says of metadata does not count, as with a real server.</param>
    public static FieldSchema For(JsonObject openApi) => FieldSchema.Object(
        () => WithIdentity(Properties(openApi)), keepsUnknown: Flag(openApi, "x-kubernetes-preserve-unknown-fields"));

    private static FieldSchema Of(JsonObject schema)
    {
        var keeps = Flag(schema, "x-kubernetes-preserve-unknown-fields");
        if (Flag(schema, "x-kubernetes-int-or-string"))
            return FieldSchema.Leaf(FieldType.IntOrString);
        if (Flag(schema, "x-kubernetes-embedded-resource"))
            return FieldSchema.Object(() => WithIdentity(Properties(schema)), Atomic(schema), keeps);
        return Word(schema, "type") switch
        {
            "object" when schema["additionalProperties"] is JsonObject values => FieldSchema.Map(Of(values), Atomic(schema)),
            "object" when schema["properties"] is JsonObject => FieldSchema.Object(() => Properties(schema), Atomic(schema), keeps),
            "object" => FieldSchema.Object(() => Properties(schema), Atomic(schema), keeps || TakesAnything(schema)),
            "array" => FieldSchema.ListOf(schema["items"] is JsonObject items ? Of(items) : FieldSchema.Untyped, RuleOf(schema)),
            "string" => Text,
            "boolean" => FieldSchema.Leaf(FieldType.Boolean),
            "integer" => FieldSchema.Leaf(FieldType.Integer),
            "number" => FieldSchema.Leaf(FieldType.Number),
            _ => FieldSchema.Untyped,
        };
    }

    private static Dictionary<string, FieldSchema> Properties(JsonObject schema) => (schema["properties"] as JsonObject ?? [])
        .ToDictionary(p => p.Key, p => p.Value is JsonObject inner ? Of(inner) : FieldSchema.Untyped);

    private static FrozenDictionary<string, FieldSchema> WithIdentity(Dictionary<string, FieldSchema> properties)
    {
        properties["apiVersion"] = Text;
        properties["kind"] = Text;
        properties["metadata"] = BuiltInSchemas.ObjectMeta;
        return properties.ToFrozenDictionary();
    }

    private static ListRule RuleOf(JsonObject schema) => Word(schema, "x-kubernetes-list-type") switch
    {
        "set" => new(ListKind.Set, []),
        "map" => new(ListKind.Map, KeysOf(schema)) { KeyDefaults = KeyDefaultsOf(schema) },
        _ => ListRule.Replaced,
    };

    private static List<string> KeysOf(JsonObject schema) =>
        [.. (schema["x-kubernetes-list-map-keys"] as JsonArray ?? []).Select(k => k?.GetValue<string>() ?? "")];

    private static FrozenDictionary<string, JsonNode> KeyDefaultsOf(JsonObject schema) => (
        from key in KeysOf(schema)
        let value = schema["items"]?["properties"]?[key]?["default"]
        where value is not null
        select (key, value)).ToFrozenDictionary(d => d.key, d => d.value);

    private static bool Atomic(JsonObject schema) => Word(schema, "x-kubernetes-map-type") == "atomic";

    private static bool TakesAnything(JsonObject schema) => Flag(schema, "additionalProperties");

    private static bool Flag(JsonObject schema, string name) => schema[name] is JsonValue value && value.TryGetValue(out bool set) && set;

    private static string? Word(JsonObject schema, string name) =>
        schema[name] is JsonValue value && value.TryGetValue(out string? word) ? word : null;
}
