using System.Text.Json.Nodes;
using Rollouts.Model.Schemas;

namespace Rollouts.Model.Validation;

/// <summary>Everything that can be said of a Canary's spec without looking at anything else.</summary>
public sealed record CanaryValidation(EquatableList<FieldError> Errors, EquatableList<FieldError> Warnings)
{
    /// <summary>
    /// Checks <paramref name="canary"/>, a whole manifest: types and bounds, the rules across fields, and whether this release can do what
    /// is asked. All errors come at once, in the order of the schema. Never throws on what a user wrote.
    /// </summary>
    public static CanaryValidation Check(JsonObject canary)
    {
        var findings = new Findings();
        if (canary["spec"] is { } spec)
            CanarySchema.Spec.Check(spec, "spec", findings);
        else
            findings.Error("spec", "is missing: add it with targetRef, service and analysis");
        foreach (var notice in Notices.All)
            notice(canary, findings);
        var missing = new Findings();
        foreach (var field in Support.Missing)
            field.Check(canary, missing);
        // A field that is wrong in itself is mended first; that it is also not supported would only confuse.
        var wrong = findings.Errors.Select(error => error.Path).ToHashSet();
        return new(
            [.. findings.Errors, .. missing.Errors.Where(error => !wrong.Contains(error.Path))],
            [.. findings.Warnings]);
    }
}
