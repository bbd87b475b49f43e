using Rollouts.Kubernetes.Client;

namespace Rollouts.Kubernetes.Events;

/// <summary>
/// Publishes Events. Nothing is dropped to save requests (client-go's recorder silently loses what exceeds 25 for one object): the task ends when the
/// cluster has the event, and a refusal is a <see cref="ClusterException"/>, so that the caller can publish it again.
/// </summary>
/// <param name="instance">The process that reports, e.g. its pod's name; up to 128 characters.</param>
public sealed class EventRecorder(IClusterClient client, string instance, TimeProvider time)
{
    /// <summary>The reporting controller in every event.</summary>
    public const string Reporter = "rollouts";

    /// <summary>Each round is lost only to another publisher of the very same event.</summary>
    private const int Rounds = 5;

    public async Task PublishAsync(EventNote note, CancellationToken cancellation)
    {
        for (var round = 1; ; round++)
        {
            try
            {
                await PublishOnceAsync(note, cancellation);
                return;
            }
            catch (ClusterException exception) when (exception.Code is 409 or 404 && exception.Reason != ClusterReasons.UnknownResource && round < Rounds)
            {
                // Someone else created, counted or removed it between our look and our write: look again.
            }
        }
    }

    private async Task PublishOnceAsync(EventNote note, CancellationToken cancellation)
    {
        var key = EventBody.KeyOf(note);
        if (await client.GetAsync(EventBody.Type, key.Namespace, key.Name, cancellation) is not { } found)
            await client.CreateAsync(EventBody.Type, EventBody.First(note, Reporter, instance, time.GetUtcNow()), cancellation);
        else if (note.Key is null)
            await client.PatchAsync(EventBody.Type, key, ObjectPatch.Merge(EventBody.Repeated(found, time.GetUtcNow())), null, cancellation);
    }
}
