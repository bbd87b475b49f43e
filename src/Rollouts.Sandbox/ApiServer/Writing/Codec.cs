using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Catalog;
using Rollouts.Sandbox.ApiServer.Converting;
using Rollouts.Sandbox.ApiServer.Defaulting;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.ApiServer.Schemas;

namespace Rollouts.Sandbox.ApiServer.Writing;

/// <summary>Between the version of a request and the stored one.</summary>
internal static class Codec
{
    /// <returns>The object as it would be stored: of the stored version, without unknown fields, with defaults.</returns>
    /// <exception cref="ApiException">400 where the object is of another type, has wrong types or, when strict, unknown fields.</exception>
    public static JsonObject Decode(KindDefinition definition, string version, JsonObject body, WriteOptions options)
    {
        ResourceKind wanted = definition.In(version);
        if (definition.Custom is not null)
            CheckCustomType(body, wanted);
        CheckType(body, wanted);
        JsonObject obj = definition.Custom is { } custom
            ? Custom(custom[version], wanted, body, options)
            : BuiltIn(definition, wanted, body, options);
        obj.Metadata();
        Defaults.Apply(definition, obj);
        return obj;
    }

    /// <returns>The caller's own copy, in the version of the request.</returns>
    public static JsonObject Encode(KindDefinition definition, string version, JsonObject stored)
    {
        JsonObject obj = Conversions.FromStored(definition, version, stored);
        if (definition.Custom is { } custom)
            obj = custom[version].Schema.Default(custom[version].Schema.Prune(obj, out _));
        else
            Presentation.Complete(definition.In(version), obj);
        MemberOrder.Arrange(obj, definition.Custom is not null);
        return obj;
    }

    private static JsonObject BuiltIn(KindDefinition definition, ResourceKind wanted, JsonObject body, WriteOptions options)
    {
        if (BuiltInSchemas.For(wanted) is not { } schema)
            return Typed(body, wanted);
        JsonObject decoded = Decoding.Decode(body, schema, out IReadOnlyList<string> unknown);
        Report([.. options.Duplicates, .. unknown], options, faults => Decoding.StrictError(body, schema, faults));
        EmptyMembers.Drop(decoded, schema, wanted.Kind);
        return Conversions.ToStored(definition, wanted.Version, Typed(decoded, wanted));
    }

    private static JsonObject Custom(CustomVersion version, ResourceKind wanted, JsonObject body, WriteOptions options)
    {
        JsonObject typed = Typed(body, wanted);
        JsonObject metadata = Decoding.Decode(typed.Metadata(), BuiltInSchemas.ObjectMeta, out IReadOnlyList<string> unknownOfMetadata);
        EmptyMembers.Drop(metadata, BuiltInSchemas.ObjectMeta, "ObjectMeta");
        typed["metadata"] = metadata;
        JsonObject pruned = version.Schema.Prune(typed, out IReadOnlyList<string> unknown);
        Report(
            [.. options.Duplicates, .. unknownOfMetadata.Select(u => u.Replace("field \"", "field \"metadata.", StringComparison.Ordinal)), .. unknown],
            options, faults => Refusals.BadRequest($"{wanted.Kind} in version \"{wanted.Version}\" cannot be handled as a {wanted.Kind}: "
                + $"strict decoding error: {string.Join(", ", faults)}"));
        return WholeNumbers.Simplify(version.Schema.Default(pruned));
    }

    private static void Report(List<string> faults, WriteOptions options, Func<IEnumerable<string>, ApiException> refusal)
    {
        if (faults.Count == 0)
            return;
        if (options.Validation == FieldValidation.Strict)
            throw refusal(faults);
        if (options.Validation == FieldValidation.Warn)
            options.Warnings.AddRange(faults.Except(options.Warnings));
    }

    private static JsonObject Typed(JsonObject body, ResourceKind kind)
    {
        var obj = new JsonObject { ["apiVersion"] = kind.ApiVersion, ["kind"] = kind.Kind };
        foreach (var (name, member) in body)
            if (name is not ("apiVersion" or "kind"))
                obj[name] = member?.DeepClone();
        return obj;
    }

    private static void CheckCustomType(JsonObject body, ResourceKind wanted)
    {
        if (body.TextAt("kind") is not { Length: > 0 } kind)
            throw Refusals.BadRequest($"the object provided is unrecognized (must be of type {wanted.Kind}): Object 'Kind' is missing");
        if (kind != wanted.Kind && body.TextAt("apiVersion") == wanted.ApiVersion)
            throw Refusals.Invalid(wanted with { Kind = kind }, body.Name(), "FieldValueInvalid", "kind", $"Invalid value: \"{kind}\": must be {wanted.Kind}");
    }

    private static void CheckType(JsonObject body, ResourceKind wanted)
    {
        string apiVersion = body.TextAt("apiVersion") ?? wanted.ApiVersion, kind = body.TextAt("kind") ?? wanted.Kind;
        if (kind != wanted.Kind && kind.Length > 0)
            throw Refusals.BadRequest($"{kind} in version \"{wanted.Version}\" cannot be handled as a {wanted.Kind}");
        if (apiVersion != wanted.ApiVersion && apiVersion.Length > 0)
            throw Refusals.BadRequest(
                $"the API version in the data ({apiVersion}) does not match the expected API version ({wanted.ApiVersion})");
    }
}
