using System.Text.Json;
using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Schemas;

namespace Rollouts.Sandbox.ApiServer.Patching.Ownership;

/// <summary>Whether an applied configuration fits its schema: fields that are known, of the right shape, keys once each.</summary>
internal static class TypedCheck
{
    /// <summary>One sentence for each fault, with the path in front.</summary>
    public static IEnumerable<string> Faults(JsonNode? node, FieldSchema schema, string path = "") => schema.Type switch
    {
        FieldType.Any => [],
        FieldType.Object or FieldType.Map => node switch
        {
            null => [],
            JsonObject obj => obj.SelectMany(m => OfMember(m, schema, path)),
            _ => [Unexpected(path, "map", node)],
        },
        FieldType.List => node switch
        {
            null => [],
            JsonArray list => OfList(list, schema, path),
            _ => [Unexpected(path, "list", node)],
        },
        FieldType.Boolean => Scalar(node, path, "boolean", JsonValueKind.True, JsonValueKind.False),
        FieldType.Integer or FieldType.Number => Scalar(node, path, "numeric (int or float)", JsonValueKind.Number),
        FieldType.String or FieldType.Bytes or FieldType.Time or FieldType.MicroTime =>
            Scalar(node, path, "string", JsonValueKind.String),
        FieldType.IntOrString or FieldType.Quantity => Scalar(node, path, "string", JsonValueKind.String, JsonValueKind.Number),
    };

    private static IEnumerable<string> OfMember(KeyValuePair<string, JsonNode?> member, FieldSchema schema, string path)
    {
        var below = $"{path}.{member.Key}";
        return schema.Member(member.Key) is { } known ? Faults(member.Value, known, below) : [$"{below}: field not declared in schema"];
    }

    private static IEnumerable<string> OfList(JsonArray list, FieldSchema schema, string path)
    {
        var seen = new HashSet<string>();
        for (var i = 0; i < list.Count; i++)
        {
            var element = schema.List == ListKind.Atomic ? $"i:{i}" : PathElements.Item(list[i], schema);
            if (element is null)
            {
                var key = schema.Keys.First(k => (list[i] as JsonObject)?[k] is null && !schema.KeyDefaults.ContainsKey(k));
                yield return $"{path}: element {i}: associative list with keys has an element that omits key field \"{key}\""
                    + " (and doesn't have default value)";
                continue;
            }

            if (!seen.Add(element))
                yield return $"{path}: duplicate entries for key {PathElements.Describe(element)}";
            foreach (var fault in Faults(list[i], schema.Element!, path + PathElements.Describe(element)))
                yield return fault;
        }
    }

    private static IEnumerable<string> Scalar(JsonNode? node, string path, string wanted, params JsonValueKind[] kinds) =>
        node is null || kinds.Contains(node.GetValueKind()) ? [] : [Unexpected(path, wanted, node)];

    private static string Unexpected(string path, string wanted, JsonNode node) => $"{path}: expected {wanted}, got {GoText.Of(node)}";
}
