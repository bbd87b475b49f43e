using System.Text.Json.Nodes;
using Rollouts.Core;
using Rollouts.Core.Configs;
using Rollouts.Kubernetes;
using Rollouts.Kubernetes.Reading;
using Rollouts.Model;

namespace Rollouts.Controller.Observing;

/// <summary>Reads which ConfigMaps and Secrets a target has and what copies of ours there are. Nothing where they are not tracked.</summary>
internal sealed class ConfigReading(ClusterCache cache, ControllerOptions options)
{
    public ConfigTracking Of(string ns, JsonNode template) =>
        options.EnableConfigTracking ? ConfigTracking.Of(template, id => Find(ns, id), options.IncludeLabelPrefixes) : ConfigTracking.None;

    public IReadOnlyDictionary<ObjectId, string> Copies(ResourceKey canary)
    {
        var copies = new Dictionary<ObjectId, string>();
        foreach (var informer in cache.Configs)
        {
            foreach (var copy in informer.Store.Find(OwnerIndexes.Canary, canary.ToString()))
                copies[new ObjectId(KindOf(informer.Type), copy.Name)] = ConfigDigest.Read(copy);
        }
        return copies;
    }

    /// <summary>The names, of those that copies of the target's configs would have, that somebody else's objects have.</summary>
    public EquatableList<ObjectId> Taken(ResourceKey canary, TargetFacts? target) =>
        (target?.Configs ?? [])
            .Select(config => config.Id with { Name = $"{config.Id.Name}-primary" })
            .Where(id => Find(canary.Namespace, id) is { } there && there.Labels.GetValueOrDefault(Names.OwnerLabel) != canary.Name)
            .ToEquatableList();

    public static ObjectKind KindOf(ResourceType type) => type == ClusterKinds.Secrets ? ObjectKind.Secret : ObjectKind.ConfigMap;

    private JsonObject? Find(string ns, ObjectId id) => cache.Find(ClusterKinds.Of(id.Kind, options.ApiGroup), new ResourceKey(ns, id.Name));
}
