using System.CommandLine;

namespace Rollouts.Cli.Clusters;

internal static class KubeconfigOption
{
    public static Option<string?> ToRead() => new("--kubeconfig")
    {
        Description = "The kubeconfig of the cluster. Default: the service account of the pod that this runs in; else KUBECONFIG, else ~/.kube/config.",
        HelpName = "FILE",
    };

    public static Option<string?> ToWrite() => new("--kubeconfig")
    {
        Description = "Where the sandbox's kubeconfig is written. Default: a file in a temporary folder, removed at the end.",
        HelpName = "FILE",
    };
}
