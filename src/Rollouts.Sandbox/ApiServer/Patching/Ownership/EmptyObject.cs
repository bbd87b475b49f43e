using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Schemas;

namespace Rollouts.Sandbox.ApiServer.Patching.Ownership;

/// <summary>
/// What is there before an object is made. For a built-in kind these are the Go structs that cannot be left out, so nobody owns
/// <c>spec</c> itself; for a custom kind there is nothing, and its creator owns <c>spec</c> too.
/// </summary>
internal static class EmptyObject
{
    private static readonly FrozenSet<string> Structs =
        FrozenSet.Create("metadata", "spec", "status", "template", "strategy", "updateStrategy", "jobTemplate");

    public static JsonObject Of(FieldSchema schema) => schema.GoType.Length == 0 ? [] : Struct(schema);

    private static JsonObject Struct(FieldSchema schema)
    {
        var empty = new JsonObject(
            from member in schema.Members
            where Structs.Contains(member.Key) && member.Value is { Type: FieldType.Object, Atomic: false }
            select KeyValuePair.Create(member.Key, (JsonNode?)Struct(member.Value)));
        if (schema.Members.ContainsKey("containers"))
            empty["containers"] = new JsonArray();
        return empty;
    }
}
