using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Rollouts.Cli.Clusters;
using Rollouts.Kubernetes;
using Rollouts.Kubernetes.Reading;
using Rollouts.Kubernetes.Watching;
using Rollouts.Model;

namespace Rollouts.Cli.Waiting;

/// <summary>Looks at a Canary and its target, now and at each change, over broken connections and restarts of the server.</summary>
internal sealed class Eyes(ClusterSession session, string name, TimeProvider time)
{
    private readonly LiveRevision live = new(session);
    private JsonObject? canary;
    private JsonObject? target;

    /// <exception cref="Trouble">There is no such Canary.</exception>
    public async Task<Sight> LookAsync(CancellationToken cancellation)
    {
        canary = await session.CanaryAsync(name, cancellation);
        // The target after the Canary: a template that is read first may be older than the status that speaks of it.
        if (TargetOf(canary) is { } place)
            target = await session.Client.GetAsync(place.Type, session.Namespace, place.Name, cancellation);
        return await NowAsync(canary, cancellation);
    }

    /// <summary>Every sight from the last look on.</summary>
    /// <exception cref="Trouble">The Canary is deleted.</exception>
    public async IAsyncEnumerable<Sight> WatchAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var changes = Channel.CreateUnbounded<Action>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var watches = new List<Task> { Watch(Definitions.Canaries(), name, change => canary = Same(change), changes.Writer, stop.Token) };
        if (TargetOf(canary) is { } place)
            watches.Add(Watch(place.Type, place.Name, change => target = change.New, changes.Writer, stop.Token));
        try
        {
            await foreach (var apply in changes.Reader.ReadAllAsync(cancellation))
            {
                apply();
                yield return await NowAsync(canary ?? throw new Trouble($"Canary {name} was deleted", "apply it again; its target has its traffic and replicas back"), cancellation);
            }
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(watches).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    private async Task Watch(ResourceType type, string of, Action<ObjectChange> take, ChannelWriter<Action> to, CancellationToken cancellation)
    {
        var informer = new Informer(session.Client, type, new InformerOptions { Namespace = session.Namespace, Trim = Trim.ManagedFields }, time);
        // Taken by the reader, one after the other, so that Canary and target are never seen half changed.
        using var subscription = informer.Subscribe(change =>
        {
            if (change.Key.Name == of)
                to.TryWrite(() => take(change));
        });
        await informer.RunAsync(cancellation);
    }

    // One that was deleted and applied again while the connection was broken counts its runs anew.
    private JsonObject? Same(ObjectChange change) => change.New is { } now && now.Uid == canary?.Uid ? now : null;

    private async Task<Sight> NowAsync(JsonObject json, CancellationToken cancellation)
    {
        var reading = Canary.Parse(json);
        return new(reading, reading.Legible is { Target.Kind: var kind } ? await live.OfAsync(kind, target, reading.Status, cancellation) : null);
    }

    private static (ResourceType Type, string Name)? TargetOf(JsonObject? canary) =>
        canary is not null && Canary.Parse(canary).Legible is { Target: var target } ? (Definitions.Targets(target.Kind), target.Name) : null;
}
