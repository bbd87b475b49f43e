using Rollouts.Model;

namespace Rollouts.Core.Explaining;

/// <summary>Why a Canary is not acted on, and the mend.</summary>
internal static class Refusals
{
    public const string NoSelector =
        "The target's selector has none of the labels app, name, app.kubernetes.io/name, by which its pods are told from the primary's: "
        + "add one to spec.selector.matchLabels and to the pod template.";

    public static string InvalidSpec(EquatableList<FieldError> errors) =>
        $"The spec has {(errors.Count == 1 ? "an error and nothing is acted on until it is mended" : $"{errors.Count} errors and nothing is acted on until they are mended")}: "
        + $"{string.Join("; ", errors).TrimEnd('.')}.";

    public static string Rival(string name) =>
        $"Canary {name} already has this target or this Service: change spec.targetRef or spec.service.name, or delete one of the two.";

    public static string Stranger(ObjectId stranger, string canary) =>
        $"{stranger} is in the way and is not ours: delete it, or hand it over with the label {Names.OwnerLabel}={canary}.";
}
