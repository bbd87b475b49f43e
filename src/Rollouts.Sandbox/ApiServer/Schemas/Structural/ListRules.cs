using System.Text.Json.Nodes;

namespace Rollouts.Sandbox.ApiServer.Schemas.Structural;

/// <summary>What a schema must say of a list whose items are told apart.</summary>
internal static class ListRules
{
    private const string NotOfObjects = "must be object if parent array's x-kubernetes-list-type is map";
    private const string NotAProperty = "entries must all be names of item properties";

    private const string CanBeMissing =
        "this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property";

    private static readonly IReadOnlyList<string> Kinds = ["atomic", "map", "set"];

    public static IEnumerable<StatusCause> Check(Structure schema, string path)
    {
        if (schema.ListType is { } kind && !Kinds.Contains(kind))
        {
            var supported = Kinds.Select(k => (JsonNode)JsonValue.Create(k));
            yield return Fault.NotSupported($"{path}.x-kubernetes-list-type", schema.Source["x-kubernetes-list-type"], supported);
        }

        if (schema.ListType is not null && schema.Type != "array")
        {
            yield return Fault.Invalid(
                $"{path}.type", $"\"{schema.Type}\"", "must be array if x-kubernetes-list-type is specified");
        }

        if (schema.ListType == "map")
        {
            foreach (var fault in OfMap(schema, path))
                yield return fault;
        }
        else if (schema.ListKeys.Count > 0)
        {
            yield return Fault.Forbidden(
                $"{path}.x-kubernetes-list-map-keys", "must not be specified if x-kubernetes-list-type is not map");
        }
    }

    private static IEnumerable<StatusCause> OfMap(Structure schema, string path)
    {
        if (schema.ListKeys.Count == 0)
            yield return Fault.Required($"{path}.x-kubernetes-list-map-keys", "must not be empty if x-kubernetes-list-type is map");
        if (schema.Items is not { } items)
            yield break;
        if (items.Type != "object")
            yield return Fault.Invalid($"{path}.items.type", $"\"{items.Type}\"", NotOfObjects);
        foreach (var key in schema.ListKeys)
        {
            if (!items.Properties.TryGetValue(key, out var property))
                yield return Fault.Invalid($"{path}.x-kubernetes-list-map-keys", $"\"{key}\"", NotAProperty);
            else if (property.Default is null && !items.Required.Contains(key))
                yield return Fault.Required($"{path}.items.properties[{key}].default", CanBeMissing);
        }
    }
}
