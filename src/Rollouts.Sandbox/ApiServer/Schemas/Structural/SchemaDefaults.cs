using System.Text.Json.Nodes;

namespace Rollouts.Sandbox.ApiServer.Schemas.Structural;

/// <summary>Filling in defaults. Where null is not allowed it counts as missing: it becomes the default, or goes.</summary>
internal static class SchemaDefaults
{
    public static void Fill(JsonNode? node, Structure schema)
    {
        switch (node)
        {
            case JsonObject obj:
                FillObject(obj, schema);
                break;
            case JsonArray list when schema.Items is { } items:
                FillList(list, items);
                break;
        }
    }

    private static void FillObject(JsonObject obj, Structure schema)
    {
        foreach (var (name, property) in schema.Properties)
        {
            if (property.Default is { } value && IsMissing(obj, name, property))
                obj[name] = value.DeepClone();
        }

        foreach (var name in obj.Select(m => m.Key).ToList())
        {
            if (schema.Member(name) is not { } known)
                continue;
            if (obj[name] is not null || known.Nullable)
                Fill(obj[name], known);
            else if (known.Default is { } value)
                obj[name] = value.DeepClone();
            else
                obj.Remove(name);
        }
    }

    private static void FillList(JsonArray list, Structure items)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] is null && !items.Nullable)
                list[i] = items.Default?.DeepClone();
            Fill(list[i], items);
        }
    }

    private static bool IsMissing(JsonObject obj, string name, Structure property) =>
        !obj.TryGetPropertyValue(name, out var value) || (value is null && !property.Nullable);
}
