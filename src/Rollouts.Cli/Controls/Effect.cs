using System.Text.Json.Nodes;
using Rollouts.Cli.Clusters;
using Rollouts.Core.Controls;
using Rollouts.Kubernetes.Reading;
using Rollouts.Model.Status;

namespace Rollouts.Cli.Controls;

/// <summary>Whether a control was acted on: a person at night must not take a written annotation for a rollback.</summary>
internal static class Effect
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The status after a controller has acted on the value.</summary>
    /// <exception cref="Trouble">None has within ten seconds.</exception>
    public static async Task<CanaryStatus> OfAsync(
        ClusterSession session, JsonObject written, ControlKind control, string value, TimeProvider time, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            await foreach (var change in session.Client.WatchAsync(Definitions.Canaries(), written.Namespace, null, written.ResourceVersion, both.Token))
            {
                if (change.Object.Key == written.Key && Acted(change.Object, control, value) is { } status)
                    return status;
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Nobody has acted on it; said below, as is a watch that the server ended.
        }
        throw new Trouble(
            $"{Control.Annotation(control)} is written, but no controller has acted on it within {Patience.TotalSeconds:0} s",
            "look whether the controller runs and leads: its logs, its /readyz, and the Lease rollouts-rollouts.dev");
    }

    private static CanaryStatus? Acted(JsonObject canary, ControlKind control, string value) =>
        CanaryStatus.Parse(canary["status"]) is var status && status.LastControls.GetValueOrDefault(Control.Key(control)) == value ? status : null;
}
