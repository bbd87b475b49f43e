using Rollouts.Model;
using Rollouts.Model.Service;

namespace Rollouts.Core;

/// <summary>Labels and annotations that go from an object of the user's to our copy of it.</summary>
public static class InheritedMetadata
{
    /// <summary>The prefix of every key.</summary>
    public const string Any = "*";

    /// <summary>
    /// Never taken over, whatever the prefixes say: what a tool wrote to know its own object by. Argo CD and Flux would prune a copy that
    /// carries their mark and does not stand in Git, kubectl would apply the target's manifest to it, and KEDA and the workload controllers
    /// write theirs themselves.
    /// </summary>
    private static readonly string[] Tools =
    [
        "kubectl.kubernetes.io/", "deployment.kubernetes.io/", "deprecated.daemonset.template.generation", "argocd.argoproj.io/", "meta.helm.sh/",
        "scaledobject.keda.sh/name", "autoscaling.keda.sh/paused", "app.kubernetes.io/managed-by", "app.kubernetes.io/instance", "rollouts.dev/", "flagger.app/",
    ];

    public static ExtraMetadata Of(
        IReadOnlyDictionary<string, string> labels, IReadOnlyDictionary<string, string> annotations, IReadOnlyList<string> prefixes) =>
        new(Chosen(labels, prefixes), Chosen(annotations, prefixes));

    private static EquatableMap Chosen(IReadOnlyDictionary<string, string> entries, IReadOnlyList<string> prefixes) =>
        new(entries.Where(entry => IsWanted(entry.Key, prefixes) && !IsOfTool(entry.Key)));

    private static bool IsWanted(string key, IReadOnlyList<string> prefixes) =>
        prefixes.Any(prefix => prefix == Any || key.StartsWith(prefix, StringComparison.Ordinal));

    private static bool IsOfTool(string key) =>
        key.Contains("toolkit.fluxcd.io", StringComparison.Ordinal) || Tools.Any(tool => key.StartsWith(tool, StringComparison.Ordinal));
}
