using System.Text.Json.Nodes;

namespace Rollouts.Sandbox.ApiServer.Schemas.Structural;

internal static class ListValidation
{
    public static IEnumerable<StatusCause> Validate(JsonArray list, Structure schema, string path)
    {
        if (schema.Number("maxItems") is { } most && list.Count > most)
            yield return Fault.TooMany(path, list.Count, most);
        if (schema.Number("minItems") is { } least && list.Count < least)
            yield return Fault.Invalid(path, $"{list.Count}", $"{path} in body should have at least {Numbers.Text(least)} items");

        var seen = new HashSet<string>();
        for (var i = 0; i < list.Count; i++)
        {
            var place = $"{path}[{i}]";
            if (Identity(list[i], schema) is { } identity && !seen.Add(identity))
                yield return Fault.Duplicate(place, identity);
            if (schema.Items is not { } items)
                continue;
            foreach (var fault in SchemaValidation.Validate(list[i], items, place))
                yield return fault;
        }
    }

    /// <returns>What tells the item apart, as Go prints it; null where the list may hold the same twice, or the item has no key.</returns>
    private static string? Identity(JsonNode? item, Structure schema)
    {
        if (schema.ListType == "set")
            return Fault.Text(item);
        if (schema.ListType != "map" || item is not JsonObject obj || !schema.ListKeys.Any(obj.ContainsKey))
            return null;
        var keys = schema.ListKeys.Where(obj.ContainsKey).Order(StringComparer.Ordinal).Select(k => $"\"{k}\":{Fault.Text(obj[k])}");
        return $"map[string]interface {{}}{{{string.Join(", ", keys)}}}";
    }
}
