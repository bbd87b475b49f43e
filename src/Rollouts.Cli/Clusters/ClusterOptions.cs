using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Rollouts.Kubernetes.Client;

namespace Rollouts.Cli.Clusters;

/// <summary>The options of every command that speaks to a cluster as a person does.</summary>
internal sealed class ClusterOptions
{
    /// <summary>Under this name the controls of this command stand in managedFields, and from there in the history.</summary>
    public const string FieldManager = "rollouts-cli";

    private readonly Option<string?> kubeconfig = KubeconfigOption.ToRead();
    private readonly Option<string?> ns = new("--namespace", "-n") { Description = "The namespace. Default: that of the kubeconfig's context.", HelpName = "NS" };

    public void AddTo(Command command)
    {
        command.Add(ns);
        command.Add(kubeconfig);
    }

    public ClusterSession Open(ParseResult parsed, Terminal terminal)
    {
        var options = new ClusterClientOptions { FieldManager = FieldManager, RequestTimeout = TimeSpan.FromSeconds(10) };
        var client = new ClusterClientFactory(options, terminal.Time, NullLoggerFactory.Instance).Create(parsed.GetValue(kubeconfig));
        return new ClusterSession(client, parsed.GetValue(ns) ?? client.DefaultNamespace);
    }
}
