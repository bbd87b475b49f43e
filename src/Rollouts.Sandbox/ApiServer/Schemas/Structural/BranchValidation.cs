using System.Text.Json.Nodes;

namespace Rollouts.Sandbox.ApiServer.Schemas.Structural;

/// <summary>allOf, anyOf, oneOf and not. Where no branch fits, the faults of the first one are told too.</summary>
internal static class BranchValidation
{
    public static IEnumerable<StatusCause> Validate(JsonNode? node, Structure schema, string path) =>
        [.. All(node, schema, path), .. Any(node, schema, path), .. One(node, schema, path), .. Not(node, schema, path)];

    private static IEnumerable<StatusCause> All(JsonNode? node, Structure schema, string path)
    {
        var faults = schema.AllOf.SelectMany(branch => SchemaValidation.Validate(node, branch, path)).ToList();
        return faults.Count == 0 ? [] : faults.Prepend(Fault.Branch(path, "must validate all the schemas (allOf)"));
    }

    private static IEnumerable<StatusCause> Any(JsonNode? node, Structure schema, string path)
    {
        var branches = Faults(node, schema.AnyOf, path);
        return branches.Count == 0 || branches.Any(faults => faults.Count == 0)
            ? []
            : branches[0].Prepend(Fault.Branch(path, "must validate at least one schema (anyOf)"));
    }

    private static IEnumerable<StatusCause> One(JsonNode? node, Structure schema, string path)
    {
        var branches = Faults(node, schema.OneOf, path);
        return (branches.Count, branches.Count(faults => faults.Count == 0)) switch
        {
            (0, _) or (_, 1) => [],
            (_, 0) => branches[0].Prepend(Fault.Branch(path, "must validate one and only one schema (oneOf). Found none valid")),
            (_, var valid) => [Fault.Branch(path, $"must validate one and only one schema (oneOf). Found {valid} valid alternatives")],
        };
    }

    private static IEnumerable<StatusCause> Not(JsonNode? node, Structure schema, string path) =>
        schema.Not is { } not && !SchemaValidation.Validate(node, not, path).Any()
            ? [Fault.Branch(path, "must not validate the schema (not)")]
            : [];

    private static List<List<StatusCause>> Faults(JsonNode? node, IEnumerable<Structure> branches, string path) =>
        [.. branches.Select(branch => SchemaValidation.Validate(node, branch, path).ToList())];
}
