using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Rollouts.Controller.Observing;
using Rollouts.Kubernetes;
using Rollouts.Kubernetes.Client;
using Rollouts.Kubernetes.Queueing;
using Rollouts.Kubernetes.Reading;
using Rollouts.Model.Status;

namespace Rollouts.Controller.Reconciling;

/// <summary>
/// Writes the status, and only over the version that was looked at. A conflict is an exception like any other: nothing was decided, and
/// the key is looked at again, as it then stands.
/// </summary>
internal sealed partial class Ledger(IClusterClient client, ClusterCache cache, ControllerOptions options, ILogger<Ledger> logger)
{
    public async Task CommitAsync(Sight sight, CanaryStatus status, CancellationToken cancellation)
    {
        if (status == sight.Seen.Status)
            return;
        var written = sight.Canary.DeepClone().AsObject();
        written["status"] = status.ToJson();
        var type = ClusterKinds.Canaries(options.ApiGroup);
        var answer = await ReplaceAsync(type, written, cancellation);
        cache.Observe(type, answer);
        if (CanaryStatus.Parse(answer["status"]) != status)
            throw new TerminalException($"the CRD {type} drops fields of our status, and nothing is safe without them: install the one of crds/ for this group");
        LogCommitted(logger, written.Key, status.Phase, status.CanaryWeight.Percent, status.Message);
    }

    private async Task<JsonObject> ReplaceAsync(ResourceType type, JsonObject written, CancellationToken cancellation)
    {
        try
        {
            return await client.ReplaceAsync(type, written, "status", cancellation);
        }
        catch (ClusterException refusal) when (refusal.Reason == ClusterReasons.Conflict)
        {
            await cache.CatchUpAsync(client, type, written.Key, cancellation);
            throw;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Canary} is {Phase} at weight {Weight}: {Sentence}")]
    private static partial void LogCommitted(ILogger logger, ResourceKey canary, Phase phase, int weight, string? sentence);
}
