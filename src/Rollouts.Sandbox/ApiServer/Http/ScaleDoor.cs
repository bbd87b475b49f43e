using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Catalog;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.ApiServer.Http;

/// <summary>Changing an object through its Scale.</summary>
internal static class ScaleDoor
{
    public static readonly ResourceKind Kind = new("autoscaling", "v1", "scales", "Scale", true);

    /// <summary>A change of a Scale as a change of the object that it belongs to.</summary>
    public static Func<JsonObject?, JsonObject?> Through(KindDefinition definition, Func<JsonObject?, JsonObject?> change) => current =>
    {
        if (current is null)
            return null;
        JsonObject changed = change(Scale.Of(definition, current, toSet: true)) ?? throw Refusals.BadRequest("the Scale is missing");
        Check(definition, current, changed);
        long replicas = changed.NumberAt("spec", "replicas") ?? 0;
        if (replicas < 0)
            throw definition.Custom is null
                ? Refusals.Invalid(Kind, current.Name(), "FieldValueInvalid", "spec.replicas", $"Invalid value: {replicas}: must be greater than or equal to 0")
                : Refusals.Invalid(definition.Kind, current.Name(), "FieldValueInvalid", ".spec.replicas",
                    $"Invalid value: {replicas}: should be a non-negative integer");
        Scale.Set(definition, current, replicas);
        return current;
    };

    private static void Check(KindDefinition definition, JsonObject current, JsonObject scale)
    {
        if (scale.TextAt("kind") is { Length: > 0 } kind && kind != "Scale")
            throw Refusals.BadRequest($"{kind} in version \"v1\" cannot be handled as a Scale: unknown conversion");
        if (scale.Name().Length > 0 && scale.Name() != current.Name())
            throw Refusals.BadRequest($"the name of the object ({scale.Name()}) does not match the name on the URL ({current.Name()})");
        if (scale.ResourceVersion() is { Length: > 0 } version && version != current.ResourceVersion())
            throw Refusals.Modified(definition.Kind, current.Name());
    }
}
