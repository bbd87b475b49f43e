using System.Text.Json.Nodes;
using Rollouts.Cli.Clusters;
using Rollouts.Core;
using Rollouts.Core.Configs;
using Rollouts.Core.Revisions;
using Rollouts.Core.Targets;
using Rollouts.Kubernetes;
using Rollouts.Kubernetes.Client;
using Rollouts.Kubernetes.Reading;
using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Cli.Waiting;

/// <summary>The revision that a target holds, as the controller names it.</summary>
internal sealed class LiveRevision(ClusterSession session)
{
    private static readonly ResourceType ConfigMaps = new("", "v1", "configmaps", "ConfigMap");
    private static readonly ResourceType Secrets = new("", "v1", "secrets", "Secret");

    /// <exception cref="Trouble">It depends on a ConfigMap or Secret that may not be read.</exception>
    public async Task<string?> OfAsync(TargetKind kind, JsonObject? target, CanaryStatus status, CancellationToken cancellation)
    {
        if (target?.Object("spec") is not { } spec)
            return null;
        var released = TargetKinds.Released(kind, spec);
        if (kind == TargetKind.Service)
            return Revision.Of(released);
        if (released.Object("template") is not { } template)
            return null;
        // A controller that tracks no configs names the template alone; only what it has named so far tells which kind it is.
        var alone = Revision.Of(template);
        var configs = await ConfigsAsync(template, status, cancellation);
        return configs.Count == 0 || new[] { status.Run?.Revision, status.LastAppliedSpec, status.StableRevision }.Contains(alone)
            ? alone
            : TargetRevision.Of(template, configs, null, new Dictionary<string, JsonObject>());
    }

    private async Task<EquatableList<TrackedConfig>> ConfigsAsync(JsonObject template, CanaryStatus status, CancellationToken cancellation)
    {
        var found = new Dictionary<ObjectId, JsonObject?>();
        foreach (var reference in ConfigReference.Of(template))
            found[reference.Id] = await FindAsync(reference.Id, status, cancellation);
        return ConfigTracking.Of(template, id => found.GetValueOrDefault(id), []).Tracked;
    }

    private async Task<JsonObject?> FindAsync(ObjectId id, CanaryStatus status, CancellationToken cancellation)
    {
        try
        {
            var config = await session.Client.GetAsync(id.Kind == ObjectKind.Secret ? Secrets : ConfigMaps, session.Namespace, id.Name, cancellation);
            if (config is not null)
                ConfigDigest.Trim(config);
            return config;
        }
        catch (ClusterException refusal) when (refusal.Code == 403)
        {
            // A pipeline seldom may read Secrets. What the controller saw last is then taken to be what is there.
            return status.TrackedConfigs.FirstOrDefault(tracked => TrackedConfig.IdOf(tracked.Key) == id) is { Value: { } digest }
                ? ConfigDigest.Trimmed(digest)
                : throw new Trouble($"what the target holds depends on {id}, which may not be read", "let this user get it");
        }
    }
}
