using System.Text.Json.Nodes;

namespace Rollouts.Sandbox.ApiServer.Schemas.Structural;

internal static class ObjectValidation
{
    public static IEnumerable<StatusCause> Validate(JsonObject obj, Structure schema, string path)
    {
        foreach (var name in schema.Required.Where(name => !obj.ContainsKey(name)))
            yield return Fault.Required(Below(path, name));
        if (schema.Number("maxProperties") is { } most && obj.Count > most)
            yield return Fault.TooMany(path, obj.Count, most);
        if (schema.Number("minProperties") is { } least && obj.Count < least)
            yield return Fault.Invalid(path, $"{obj.Count}", $"{path} in body should have at least {Numbers.Text(least)} properties");

        foreach (var (name, value) in obj)
        {
            if (schema.Member(name) is not { } known)
                continue;
            foreach (var fault in SchemaValidation.Validate(value, known, Below(path, name)))
                yield return fault;
        }

        if (!schema.Embedded)
            yield break;
        foreach (var name in Structure.TypeMeta.Where(name => string.IsNullOrEmpty(obj[name]?.ToString())))
            yield return Fault.Required(Below(path, name), "must not be empty");
    }

    private static string Below(string path, string name) => path.Length > 0 ? $"{path}.{name}" : name;
}
