using System.Globalization;
using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Workloads.Objects;

namespace Rollouts.Sandbox.Workloads.Deployments;

/// <summary>What Deployments write on their ReplicaSets: which revision they are, and for how many replicas they were sized.</summary>
internal static class RevisionAnnotations
{
    public const string HashLabel = "pod-template-hash";
    public const string Revision = "deployment.kubernetes.io/revision";
    public const string History = "deployment.kubernetes.io/revision-history";
    public const string DesiredReplicas = "deployment.kubernetes.io/desired-replicas";
    public const string MaxReplicas = "deployment.kubernetes.io/max-replicas";

    private static readonly string[] NotCopied =
    [
        "kubectl.kubernetes.io/last-applied-configuration", Revision, History, DesiredReplicas, MaxReplicas,
        "deprecated.deployment.rollback.to",
    ];

    public static long? Number(JsonObject obj, string annotation) =>
        long.TryParse(obj.TextAt("metadata", "annotations", annotation), NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number : null;

    /// <summary>The annotations of the ReplicaSet of the present template: those of the Deployment, and its revision.</summary>
    public static JsonObject ForNewSet(JsonObject deployment, JsonObject annotations, long revision)
    {
        foreach (var (name, value) in deployment.ObjectAt("metadata", "annotations") ?? [])
            if (!NotCopied.Contains(name))
                annotations[name] = value?.DeepClone();
        string? before = annotations.TextAt(Revision);
        if (before is null || long.Parse(before, CultureInfo.InvariantCulture) < revision)
        {
            annotations[Revision] = Text(revision);
            // It was in use before: this is a rollback, and it remembers under which revisions it was in use.
            if (before is not null)
                annotations[History] = annotations.TextAt(History) is { Length: > 0 } history ? $"{history},{before}" : before;
        }
        return annotations;
    }

    public static JsonObject WithSizes(JsonObject annotations, DeploymentSpec spec)
    {
        annotations[DesiredReplicas] = Text(spec.Replicas);
        annotations[MaxReplicas] = Text(spec.MaxTotal);
        return annotations;
    }

    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
