using System.Text.Json.Nodes;

namespace Rollouts.Sandbox.ApiServer.Schemas.Structural;

/// <summary>Taking out what the schema does not know, in place.</summary>
internal static class SchemaPruning
{
    /// <param name="dropped">The paths of what went, <c>spec.list[0].unknown</c>.</param>
    public static void Prune(JsonNode? node, Structure? schema, string path, bool isResource, List<string> dropped)
    {
        switch (node)
        {
            case JsonObject obj:
                PruneObject(obj, schema, path, isResource || schema?.Embedded is true, dropped);
                break;
            case JsonArray list:
                for (var i = 0; i < list.Count; i++)
                {
                    if (schema?.KeepsUnknown is not true || schema.Items is not null)
                        Prune(list[i], schema?.Items, $"{path}[{i}]", isResource: false, dropped);
                }

                break;
        }
    }

    private static void PruneObject(JsonObject obj, Structure? schema, string path, bool isResource, List<string> dropped)
    {
        foreach (var (name, value) in obj.ToList())
        {
            var below = path.Length > 0 ? $"{path}.{name}" : name;
            if (isResource && Structure.Identity.Contains(name))
            {
                if (name == "metadata" && value is JsonObject metadata)
                    PruneMetadata(metadata, below, dropped);
            }
            else if (schema?.Properties.GetValueOrDefault(name) is { } property)
            {
                Prune(value, property, below, isResource: false, dropped);
            }
            else if (schema?.TakesMore is true)
            {
                Prune(value, schema.Values, below, isResource: false, dropped);
            }
            else if (schema?.KeepsUnknown is not true)
            {
                obj.Remove(name);
                dropped.Add(below);
            }
        }
    }

    private static void PruneMetadata(JsonObject metadata, string path, List<string> dropped)
    {
        foreach (var name in metadata.Select(m => m.Key).Where(name => BuiltInSchemas.ObjectMeta.Member(name) is null).ToList())
        {
            metadata.Remove(name);
            dropped.Add($"{path}.{name}");
        }
    }
}
