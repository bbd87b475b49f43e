using Rollouts.Kubernetes.Reading;
using Rollouts.Model;
using Rollouts.Model.Definition;
using Rollouts.Model.Validation;

namespace Rollouts.Cli.Linting;

/// <summary>What can be said of one Canary alone.</summary>
internal static class CanaryLint
{
    public const string FlaggerGroup = "flagger.app";

    private static readonly string[] Fields = ["apiVersion", "kind", "metadata", "spec", "status"];

    /// <summary>The kinds of Flagger, which are ours too.</summary>
    private static readonly string[] Kinds = [CanaryDefinition.Kind, "MetricTemplate", "AlertProvider"];

    public static bool IsCanary(Manifest manifest) => IsOurs(manifest) && manifest.Kind == CanaryDefinition.Kind;

    public static bool IsOurs(Manifest manifest) => manifest.Group is CanaryDefinition.Group or FlaggerGroup;

    /// <summary>What is wrong with the kind of a manifest of our groups, which a cluster would not know.</summary>
    public static IEnumerable<Finding> CheckKind(Manifest manifest)
    {
        if (IsOurs(manifest) && !Kinds.Contains(manifest.Kind))
            yield return manifest.Error("kind", $"is no kind of {manifest.Group}: write {Nearest.To(manifest.Kind, Kinds) ?? string.Join(", ", Kinds)}");
    }

    public static IEnumerable<Finding> Check(Manifest manifest)
    {
        if (manifest.ApiVersion.Split('/') is not [_, CanaryDefinition.Version])
            yield return manifest.Error("apiVersion", $"must be {manifest.Group}/{CanaryDefinition.Version}, but is \"{manifest.ApiVersion}\"");
        foreach (var (name, _) in manifest.Json)
            if (!Fields.Contains(name))
                yield return manifest.Error(name, FieldError.Unknown(name, name, Fields).Message);
        if (manifest.Json.Text("metadata", "name") is not { Length: > 0 })
            yield return manifest.Error("metadata.name", "is missing: give the Canary a name");

        var validation = CanaryValidation.Check(manifest.Json);
        foreach (var error in validation.Errors)
            yield return manifest.Error(error.Path, error.Message);
        foreach (var warning in validation.Warnings)
            // An API server drops such a field without a word, but kubectl asks it to refuse the whole manifest.
            yield return warning.IsUnknown ? manifest.Error(warning.Path, warning.Message) : manifest.Warning(warning.Path, warning.Message);
    }
}
