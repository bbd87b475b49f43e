using k8s;
using k8s.Exceptions;
using k8s.KubeConfigModels;
using YamlDotNet.Core;

namespace Rollouts.Kubernetes.Client;

/// <summary>Reads a kubeconfig as kubectl does.</summary>
internal static class KubeconfigFile
{
    public static KubernetesClientConfiguration Load(string? path)
    {
        if (path is null && Environment.GetEnvironmentVariable("KUBECONFIG") is { Length: > 0 } files)
        {
            // Merging several files is the package's, and not open to be done in steps.
            if (files.Contains(Path.PathSeparator, StringComparison.Ordinal))
                return KubernetesClientConfiguration.BuildDefaultConfig();
            path = files;
        }

        var kubeconfig = Read(path);
        AllowAnonymous(kubeconfig);
        return KubernetesClientConfiguration.BuildConfigFromConfigObject(kubeconfig);
    }

    /// <summary>The package lets the YAML reader's exceptions through, and trips over a file that is empty.</summary>
    private static K8SConfiguration Read(string? path)
    {
        try
        {
            return KubernetesClientConfiguration.LoadKubeConfig(path);
        }
        catch (YamlException malformed)
        {
            throw new KubeConfigException($"{path ?? "~/.kube/config"} is not YAML: {malformed.Message}", malformed);
        }
        catch (NullReferenceException empty)
        {
            throw new KubeConfigException($"{path ?? "~/.kube/config"} is empty", empty);
        }
    }

    /// <summary>
    /// To kubectl a user without credentials is anonymous, as a local proxy or the sandbox has it. The package refuses such a user but takes a context
    /// that names none.
    /// </summary>
    private static void AllowAnonymous(K8SConfiguration kubeconfig)
    {
        var context = kubeconfig.Contexts.FirstOrDefault(context => context.Name == kubeconfig.CurrentContext)?.ContextDetails;
        var user = kubeconfig.Users.FirstOrDefault(user => user.Name == context?.User);
        if (context is not null && user is not null && IsEmpty(user.UserCredentials))
            context.User = null;
    }

    private static bool IsEmpty(UserCredentials? user) =>
        user is null
        || (user.AuthProvider is null
            && user.ExternalExecution is null
            && string.IsNullOrEmpty(
                user.Token + user.UserName + user.Password + user.ClientCertificate + user.ClientCertificateData + user.ClientKey + user.ClientKeyData));
}
