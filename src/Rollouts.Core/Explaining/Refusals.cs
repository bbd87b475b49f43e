using Rollouts.Model;

namespace Rollouts.Core.Explaining;

/// <summary>Why a Canary is not acted on, and the mend.</summary>
internal static class Refusals
{
    public const string SelectorChanged =
        "The target was made anew with another selector, and the primary that serves has the old one, which can never change: set the "
        + "target's selector back, or delete this Canary and apply it again.";

    public const string OnDelete =
        "The target replaces its pods only when somebody deletes them, so that no revision of it would ever run by itself: set spec.updateStrategy.type to RollingUpdate.";

    public const string NoPods =
        "The target is a Service that selects no pods, so that nobody could see whether anything behind it is ready: give it a spec.selector, and no type ExternalName.";

    public static string NoSelector(EquatableList<string> labels) =>
        $"The target's selector has none of the labels {string.Join(", ", labels)}, by which its pods are told from the primary's: "
        + "add one to spec.selector.matchLabels and to the pod template.";

    public static string ScalerMissing(ObjectId scaler) =>
        $"{scaler}, which spec.autoscalerRef names, does not exist: create it, or remove spec.autoscalerRef.";

    public static string ConfigMissing(ObjectId config) =>
        $"The target needs {config}, which does not exist: create it, or mark the reference to it as optional.";

    public static string InvalidSpec(EquatableList<FieldError> errors) =>
        $"The spec has {(errors.Count == 1 ? "an error and nothing is acted on until it is mended" : $"{errors.Count} errors and nothing is acted on until they are mended")}: "
        + $"{string.Join("; ", errors).TrimEnd('.')}.";

    public static string LongName(int longest) => $"The name of the Canary has more than {longest} characters, which a label cannot hold: give it a shorter one.";

    public static string TargetChanged(string target) =>
        $"This Canary was initialised for {target}, and a Canary keeps its target and its Service: set spec.targetRef and "
        + "spec.service.name back, or delete this Canary and apply another.";

    public static string Rival(string name) =>
        $"Canary {name} already has this target or this Service: change spec.targetRef or spec.service.name, or delete one of the two.";

    public static string Stranger(ObjectId stranger, string canary) =>
        $"{stranger} is in the way and is not ours: delete it, or hand it over with the label {Names.OwnerLabel}={canary}.";
}
