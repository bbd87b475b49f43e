using System.Text.Json.Nodes;
using Rollouts.Model.Json;
using Rollouts.Model.Status;
using Rollouts.Model.Validation;

namespace Rollouts.Model;

/// <summary>What could be read of a Canary.</summary>
/// <param name="Metadata">who it is, whatever its spec says</param>
/// <param name="Status">where it stands, whatever its spec says</param>
/// <param name="Spec">what it asks for; null exactly when there are errors</param>
/// <param name="Legible">the spec as far as it can be read, errors or not; null where not even target, Service and analysis can</param>
/// <param name="Errors">everything that is wrong with the spec, in the order of its fields</param>
/// <param name="Warnings">what is taken otherwise than a migrated manifest may mean it</param>
public sealed record CanaryReading(
    CanaryMetadata Metadata, CanaryStatus Status, CanarySpec? Spec, CanarySpec? Legible, EquatableList<FieldError> Errors, EquatableList<FieldError> Warnings)
{
    /// <summary>The Canary, when it is valid.</summary>
    public Canary? Canary => Spec is null ? null : new Canary(Metadata, Spec, Status);

    /// <summary>
    /// The Canary that may be acted on: a valid one, or one that is being deleted, as far as it can be read. An error in a spec must not
    /// keep traffic from being handed back.
    /// </summary>
    public Canary? Actionable => Canary ?? (Metadata.DeletionTimestamp is not null && Legible is not null ? new Canary(Metadata, Legible, Status) : null);

    internal static CanaryReading Of(JsonObject json)
    {
        var cursor = new JsonCursor(json);
        var validation = CanaryValidation.Check(json);
        var legible = CanarySpec.Read(cursor.Object("spec"));
        var spec = validation.Errors.Count == 0 ? legible : null;
        return new(CanaryMetadata.Read(cursor), CanaryStatus.Read(cursor.Object("status")), spec, legible, validation.Errors, validation.Warnings);
    }
}
