using System.Text.Json.Nodes;

namespace Rollouts.Sandbox.ApiServer.Schemas.Structural;

/// <summary>Holding a value against its schema. All faults are found, each with its path.</summary>
internal static class SchemaValidation
{
    public static IEnumerable<StatusCause> Validate(JsonNode? node, Structure schema, string path)
    {
        if (node is null && schema.Nullable)
            return [];
        return [.. OfType(node, schema, path), .. OfContent(node, schema, path), .. BranchValidation.Validate(node, schema, path)];
    }

    private static IEnumerable<StatusCause> OfType(JsonNode? node, Structure schema, string path)
    {
        var found = Fault.TypeName(node);
        if (schema.IntOrString)
            return found is "integer" or "string" ? [] : [Fault.Type(path, "integer,string", node)];
        if (schema.Type is null || schema.Type == found || (schema.Type == "number" && found == "integer"))
            return [];
        return [Fault.Type(path, schema.Type, node)];
    }

    private static IEnumerable<StatusCause> OfContent(JsonNode? node, Structure schema, string path)
    {
        var ofKind = node switch
        {
            JsonObject obj => ObjectValidation.Validate(obj, schema, path),
            JsonArray list => ListValidation.Validate(list, schema, path),
            JsonValue value => ScalarValidation.Validate(value, schema, path),
            null => [],
            _ => throw new InvalidOperationException("A node that System.Text.Json does not define."),
        };
        return schema.Source["enum"] is JsonArray allowed && !allowed.Any(a => JsonNode.DeepEquals(a, node))
            ? ofKind.Append(Fault.NotSupported(path, node, allowed))
            : ofKind;
    }
}
