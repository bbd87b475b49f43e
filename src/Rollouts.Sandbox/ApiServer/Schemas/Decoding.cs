using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rollouts.Sandbox.ApiServer.Schemas;

/// <summary>Reading an object into a schema, as kube-apiserver's decoder reads JSON into Go structs.</summary>
public static class Decoding
{
    /// <param name="unknownFields">One <c>unknown field "spec.foo"</c> for each field dropped, in the order of the object.</param>
    /// <returns>
    /// A copy without unknown fields and without nulls (in a map of strings, null is the empty string), quantities in canonical form.
    /// </returns>
    /// <exception cref="ApiException">400 where a value has another type, and for a quantity or time that cannot be read.</exception>
    public static JsonObject Decode(JsonObject obj, FieldSchema schema, out IReadOnlyList<string> unknownFields)
    {
        var unknown = new List<string>();
        try
        {
            var decoded = DecodeObject(obj, schema, new Place("", "", schema.GoType), unknown);
            unknownFields = unknown;
            return decoded;
        }
        catch (UnreadableException fault)
        {
            throw Refused(obj, schema, fault.Message);
        }
    }

    /// <returns>The 400 for unknown and duplicate fields under <c>fieldValidation=Strict</c>.</returns>
    public static ApiException StrictError(JsonObject obj, FieldSchema schema, IEnumerable<string> faults) =>
        Refused(obj, schema, $"strict decoding error: {string.Join(", ", faults)}");

    private static ApiException Refused(JsonObject obj, FieldSchema schema, string message)
    {
        var type = schema.GoType.Split('.');
        var (version, kind) = type.Length == 2 ? (type[0], type[1]) : ($"{obj["apiVersion"]}".Split('/')[^1], $"{obj["kind"]}");
        return new(400, "BadRequest", $"{kind} in version \"{version}\" cannot be handled as a {kind}: {message}");
    }

    private static JsonObject DecodeObject(JsonObject obj, FieldSchema schema, Place place, List<string> unknown)
    {
        var decoded = new JsonObject();
        foreach (var (name, value) in obj)
        {
            var below = place.Member(name, schema);
            if (schema.Member(name) is not { } known)
                unknown.Add($"unknown field \"{below.Path}\"");
            else if (DecodeValue(value, known, below, unknown) is { } content)
                decoded[name] = content;
            else if (schema.Type == FieldType.Map)
                decoded[name] = Empty(known);
        }

        return decoded;
    }

    private static JsonNode? DecodeValue(JsonNode? value, FieldSchema schema, Place place, List<string> unknown)
    {
        return (schema.Type, value) switch
        {
            (FieldType.Any, _) => value?.DeepClone(),
            (_, null) => null,
            (FieldType.Object or FieldType.Map, JsonObject obj) => DecodeObject(obj, schema, place, unknown),
            (FieldType.List, JsonArray list) => new JsonArray([..
                list.Select((item, i) => DecodeValue(item, schema.Element!, place.Item(i), unknown) ?? Empty(schema.Element!))]),
            (FieldType.Object or FieldType.Map or FieldType.List, _) => throw place.Unreadable(value, schema.GoType),
            _ => DecodeScalar(value, schema, place),
        };
    }

    private static JsonNode DecodeScalar(JsonNode value, FieldSchema schema, Place place) => Scalars.Fault(value, schema) switch
    {
        null => schema.Type == FieldType.Quantity ? Scalars.CanonicalQuantity(value) : value.DeepClone(),
        "" => throw place.Unreadable(value, schema.GoType),
        var fault => throw new UnreadableException(fault),
    };

    private static JsonNode? Empty(FieldSchema schema) => schema.Type switch
    {
        FieldType.Object or FieldType.Map => new JsonObject(),
        FieldType.List => new JsonArray(),
        FieldType.String or FieldType.Bytes => JsonValue.Create(""),
        FieldType.Boolean => JsonValue.Create(false),
        FieldType.Integer or FieldType.Number or FieldType.IntOrString => JsonValue.Create(0),
        FieldType.Quantity => JsonValue.Create("0"),
        FieldType.Any or FieldType.Time or FieldType.MicroTime => null,
    };

    /// <param name="Path">As warnings have it, <c>spec.containers[0].name</c>.</param>
    /// <param name="Names">As Go's decoder has it, without the places in lists.</param>
    /// <param name="Struct">The Go struct that has the field.</param>
    private sealed record Place(string Path, string Names, string Struct)
    {
        public Place Member(string name, FieldSchema owner) => owner.Type == FieldType.Map
            ? this with { Path = $"{Path}.{name}" }
            : new(Path.Length > 0 ? $"{Path}.{name}" : name, $"{Names}.{name}", owner.GoType.Split('.')[^1]);

        public Place Item(int index) => this with { Path = $"{Path}[{index}]" };

        public UnreadableException Unreadable(JsonNode found, string wanted)
        {
            var word = found.GetValueKind() switch
            {
                JsonValueKind.True or JsonValueKind.False => "bool",
                JsonValueKind.Number when wanted.StartsWith("int", StringComparison.Ordinal) => $"number {found.ToJsonString()}",
                var kind => kind.ToString().ToLower(CultureInfo.InvariantCulture),
            };
            return new($"json: cannot unmarshal {word} into Go struct field {Struct}{Names} of type {wanted}");
        }
    }

    private sealed class UnreadableException(string message) : Exception(message);
}
