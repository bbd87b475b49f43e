using k8s.Exceptions;
using Rollouts.Kubernetes.Client;

namespace Rollouts.Cli;

/// <summary>What a person must mend: what is wrong in one sentence, and how to mend it.</summary>
internal sealed class Trouble(string message, string? mend = null) : Exception(message)
{
    public string? Mend { get; } = mend;

    /// <summary>The trouble behind a failure that the world outside can cause; null: it is a bug, and its stack is worth seeing.</summary>
    public static Trouble? Of(Exception exception) => exception switch
    {
        Trouble trouble => trouble,
        ClusterException refusal => Of(refusal),
        KubeConfigException wrong => new Trouble(
            $"no usable kubeconfig: {wrong.Message}", "name one with --kubeconfig FILE or with the environment variable KUBECONFIG; `rollouts sandbox` makes one"),
        IOException io => new Trouble(io.Message, null),
        UnauthorizedAccessException denied => new Trouble(denied.Message, null),
        _ => null,
    };

    private static Trouble Of(ClusterException refusal) => refusal.Reason switch
    {
        ClusterReasons.Unreachable or ClusterReasons.Timeout => new Trouble(
            $"the cluster does not answer: {refusal.Message}", "check that it runs and that --kubeconfig (or KUBECONFIG) names the one you mean"),
        ClusterReasons.UnknownResource => Definitions.Missing(refusal.Message),
        "Forbidden" or "Unauthorized" => new Trouble(refusal.Message, "ask for a role that allows this; `kubectl auth can-i --list` shows what yours does"),
        _ => new Trouble(refusal.Message),
    };
}
