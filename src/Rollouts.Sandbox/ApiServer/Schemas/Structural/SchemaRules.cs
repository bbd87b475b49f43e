using System.Collections.Frozen;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Rollouts.Sandbox.ApiServer.Schemas.Structural;

/// <summary>
/// The rules that make a schema structural: every level has a type, so that what to keep, fill in and merge can be told from the
/// schema alone.
/// </summary>
internal static class SchemaRules
{
    private const string OfFields = "must not be empty for specified object fields";
    private const string NotAnObject = "must be object if x-kubernetes-embedded-resource is true";
    private const string Quadratic = "uniqueItems cannot be set to true since the runtime complexity becomes quadratic";
    private const string OfItems = "must not be empty for specified array items";

    private static readonly IReadOnlyList<string> Types = ["array", "boolean", "integer", "number", "object", "string"];

    private static readonly FrozenSet<string> Unsupported = FrozenSet.Create(
        "$ref", "$schema", "definitions", "dependencies", "id", "patternProperties", "additionalItems");

    private static readonly FrozenSet<string> OnlyOutsideBranches = FrozenSet.Create(
        "type", "default", "additionalProperties", "nullable", "title", "description", "x-kubernetes-preserve-unknown-fields",
        "x-kubernetes-embedded-resource", "x-kubernetes-int-or-string", "x-kubernetes-list-type", "x-kubernetes-list-map-keys",
        "x-kubernetes-map-type");

    public static IEnumerable<StatusCause> Check(JsonObject openApi, string path)
    {
        var root = Structure.Read(openApi);
        var faults = OfLevel(root, path, "must not be empty at the root").ToList();
        return root.Type is null or "object"
            ? faults
            : faults.Append(Fault.Invalid($"{path}.type", Fault.Text(root.Source["type"]), "must be object at the root"));
    }

    private static IEnumerable<StatusCause> OfLevel(Structure schema, string path, string untyped) =>
    [
        .. OfType(schema, path, untyped),
        .. schema.Source.Where(m => Unsupported.Contains(m.Key))
            .Select(m => Fault.Forbidden($"{path}.{m.Key}", $"{m.Key} is not supported")),
        .. OfContainers(schema, path),
        .. ListRules.Check(schema, path),
        .. OfValues(schema, path),
        .. OfBranches(schema, path),
        .. schema.Properties.SelectMany(p => OfLevel(p.Value, $"{path}.properties[{p.Key}]", OfFields)),
        .. schema.Values is { } values ? OfLevel(values, $"{path}.additionalProperties", OfFields) : [],
        .. schema.Items is { } items ? OfLevel(items, $"{path}.items", OfItems) : [],
    ];

    private static IEnumerable<StatusCause> OfType(Structure schema, string path, string untyped)
    {
        if (schema.Type is null && !schema.IntOrString && !schema.KeepsUnknown)
            yield return Fault.Required($"{path}.type", untyped);
        else if (schema.Type is null && path.EndsWith("openAPIV3Schema", StringComparison.Ordinal))
            yield return Fault.Required($"{path}.type", untyped);
        if (schema.Type is not null && !Types.Contains(schema.Type))
            yield return Fault.NotSupported($"{path}.type", schema.Source["type"], Types.Select(t => (JsonNode)JsonValue.Create(t)));
        if (schema.Type is not null && schema.IntOrString)
            yield return Fault.Forbidden($"{path}.type", "must be empty if x-kubernetes-int-or-string is true");
        if (schema.Embedded && schema.Type != "object")
            yield return Fault.Invalid($"{path}.type", $"\"{schema.Type}\"", NotAnObject);
    }

    private static IEnumerable<StatusCause> OfContainers(Structure schema, string path)
    {
        if (schema.Properties.Count > 0 && schema.TakesMore)
            yield return Fault.Forbidden($"{path}.additionalProperties", "additionalProperties and properties are mutual exclusive");
        if (schema.Source["additionalProperties"] is JsonValue && !schema.TakesMore)
            yield return Fault.Forbidden($"{path}.additionalProperties", "additionalProperties cannot be set to false");
        if (schema.Is("uniqueItems"))
            yield return Fault.Forbidden($"{path}.uniqueItems", Quadratic);
        if (schema.Type == "array" && schema.Items is null)
            yield return Fault.Required($"{path}.items", "must be specified");
    }

    private static IEnumerable<StatusCause> OfValues(Structure schema, string path)
    {
        if (schema.Word("pattern") is { } pattern && PatternFault(pattern) is { } fault)
        {
            var why = $"must be a valid regular expression, but isn't: error parsing regexp: {fault}";
            yield return Fault.Invalid($"{path}.pattern", Fault.Text(schema.Source["pattern"]), why);
        }

        if (schema.Default is not { } value)
            yield break;
        foreach (var wrong in SchemaValidation.Validate(value, schema, ""))
            yield return wrong with { Field = $"{path}.default" };
        var dropped = new List<string>();
        SchemaPruning.Prune(value.DeepClone(), schema, "", isResource: false, dropped);
        if (dropped.Count > 0)
            yield return Fault.Invalid($"{path}.default", Fault.Text(value), "must not have unknown fields");
    }

    private static IEnumerable<StatusCause> OfBranches(Structure schema, string path)
    {
        var branches = new (string Keyword, IReadOnlyList<Structure> Schemas)[]
        {
            ("allOf", schema.AllOf), ("anyOf", schema.AnyOf), ("oneOf", schema.OneOf),
        };
        var places = branches.SelectMany(b => b.Schemas.Select((s, i) => (Schema: s, Path: $"{path}.{b.Keyword}[{i}]")));
        if (schema.Not is { } not)
            places = places.Append((not, $"{path}.not"));
        return places.SelectMany(p => OfBranch(p.Schema, schema, p.Path, path));
    }

    /// <summary>A branch only says more of what the schema around it has declared.</summary>
    private static IEnumerable<StatusCause> OfBranch(Structure branch, Structure core, string path, string corePath) =>
    [
        .. branch.Source.Where(m => OnlyOutsideBranches.Contains(m.Key) && !IsIntOrString(core, m.Key))
            .Select(m => Fault.Forbidden($"{path}.{m.Key}", "must be empty to be structural")),
        .. branch.Properties.SelectMany(p =>
            OfBranchProperty(p.Value, p.Key, core, $"{path}.properties[{p.Key}]", $"{corePath}.properties[{p.Key}]")),
    ];

    private static IEnumerable<StatusCause> OfBranchProperty(Structure property, string name, Structure core, string path, string corePath)
    {
        if (core.Properties.GetValueOrDefault(name) is { } declared)
            return OfBranch(property, declared, path, corePath);
        return core.KeepsUnknown ? [] : [Fault.Required(corePath, $"because it is defined in {path}")];
    }

    // The one use of a type in a branch that is structural: anyOf integer, string beside x-kubernetes-int-or-string.
    private static bool IsIntOrString(Structure core, string keyword) => core.IntOrString && keyword == "type";

    private static string? PatternFault(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.CultureInvariant);
            return null;
        }
        catch (RegexParseException fault)
        {
            return fault.Error == RegexParseError.UnterminatedBracket
                ? $"missing closing ]: `{pattern[(fault.Offset - 1)..]}`"
                : fault.Message;
        }
    }
}
