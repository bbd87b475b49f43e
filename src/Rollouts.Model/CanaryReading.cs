using System.Text.Json.Nodes;
using Rollouts.Model.Json;
using Rollouts.Model.Status;
using Rollouts.Model.Validation;

namespace Rollouts.Model;

/// <summary>What could be read of a Canary.</summary>
/// <param name="Metadata">who it is, whatever its spec says</param>
/// <param name="Status">where it stands, whatever its spec says</param>
/// <param name="Spec">what it asks for; null exactly when there are errors</param>
/// <param name="Errors">everything that is wrong with the spec, in the order of its fields</param>
/// <param name="Warnings">what is taken otherwise than a migrated manifest may mean it</param>
public sealed record CanaryReading(
    CanaryMetadata Metadata, CanaryStatus Status, CanarySpec? Spec, EquatableList<FieldError> Errors, EquatableList<FieldError> Warnings)
{
    /// <summary>The Canary, when it is valid.</summary>
    public Canary? Canary => Spec is null ? null : new Canary(Metadata, Spec, Status);

    internal static CanaryReading Of(JsonObject json)
    {
        var cursor = new JsonCursor(json);
        var validation = CanaryValidation.Check(json);
        var spec = validation.Errors.Count == 0 ? CanarySpec.Read(cursor.Object("spec")) : null;
        return new(CanaryMetadata.Read(cursor), CanaryStatus.Read(cursor.Object("status")), spec, validation.Errors, validation.Warnings);
    }
}
