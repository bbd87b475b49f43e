using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Schemas.Structural;

namespace Rollouts.Sandbox.ApiServer.Schemas;

/// <summary>
/// The openAPIV3Schema of one version of a custom kind: what the API server fills in, takes out and refuses. Rules in CEL
/// (x-kubernetes-validations) are not run.
/// </summary>
public sealed class StructuralSchema(JsonObject openApi)
{
    private readonly Structure root = Structure.Read(openApi);

    /// <param name="path">Where the schema stands: <c>spec.validation.openAPIV3Schema</c> for a definition with one version.</param>
    /// <returns>What keeps the schema itself from being accepted; empty where it is structural.</returns>
    public static IReadOnlyList<StatusCause> Check(JsonObject openApi, string path) => [.. SchemaRules.Check(openApi, path)];

    /// <returns>A copy with defaults, and without nulls where null is not allowed.</returns>
    public JsonObject Default(JsonObject obj)
    {
        var filled = obj.DeepClone().AsObject();
        SchemaDefaults.Fill(filled, root);
        return filled;
    }

    /// <returns>A copy without what the schema does not know, numbers in canonical form.</returns>
    /// <param name="unknownFields">One <c>unknown field "spec.foo"</c> for each field that went, sorted by path.</param>
    public JsonObject Prune(JsonObject obj, out IReadOnlyList<string> unknownFields)
    {
        var pruned = Numbers.Canonical(obj)!.AsObject();
        var dropped = new List<string>();
        SchemaPruning.Prune(pruned, root, "", isResource: true, dropped);
        unknownFields = [.. dropped.Order(StringComparer.Ordinal).Select(path => $"unknown field \"{path}\"")];
        return pruned;
    }

    /// <returns>Every fault of the object, by path; empty where it fits. Metadata are the caller's to check.</returns>
    public IReadOnlyList<StatusCause> Validate(JsonObject obj)
    {
        var content = new JsonObject(
            obj.Where(m => m.Key != "metadata").Select(m => KeyValuePair.Create(m.Key, m.Value?.DeepClone())));
        return [.. SchemaValidation.Validate(content, root with { Required = [.. root.Required.Except(Structure.Identity)] }, "")];
    }
}
