using System.Text.Json.Nodes;
using Rollouts.Controller.Gating;
using Rollouts.Core;
using Rollouts.Core.Controls;
using Rollouts.Core.Deciding;
using Rollouts.Core.Routing;
using Rollouts.Core.Routing.Istio;
using Rollouts.Core.Targets;
using Rollouts.Kubernetes;
using Rollouts.Kubernetes.Reading;
using Rollouts.Model;

namespace Rollouts.Controller.Observing;

/// <summary>
/// Looks at everything a decision may rest on. It reads caches only, so it is quick; measurements and webhooks are
/// started where they are due and are picked up by a later look, so that a slow one never holds up an abort.
/// </summary>
internal sealed class Observer(ClusterCache cache, MeasurementDesk desk, GateDesk gates, ControllerOptions options, TimeProvider time)
{
    private readonly WorkloadReading workloads = new(cache, options);
    private readonly EndpointReading endpoints = new(cache);
    private readonly ConfigReading configs = new(cache, options);
    private readonly RouteMemory memory = new();

    /// <summary>What is seen of the Canary; null where there is none.</summary>
    public Sight? Look(ResourceKey key)
    {
        if (cache.Canaries.Store.Get(key) is not { } json)
        {
            memory.Forget(key);
            desk.Forget(key);
            gates.Forget(key);
            return null;
        }

        var reading = Canary.Parse(json);
        var seen = new Observation { Now = Now(), Canary = reading, Rival = Rivals.Of(cache, json) };
        if (reading.Actionable is not { } canary)
        {
            // Nothing is done about it, so nothing is asked for it.
            gates.Forget(key);
            return new Sight(json, seen);
        }

        seen = World(seen, canary, key) with { Controls = ControlsReading.Read(reading.Metadata, AnnotationWriters.Of(json)) };
        return new Sight(json, seen with
        {
            Measurements = desk.Answers(key, canary, Needs.Metrics(seen), seen.Now),
            Answers = gates.Answers(key, canary, Needs.Gates(seen)),
        });
    }

    private Observation World(Observation seen, Canary canary, ResourceKey key)
    {
        var names = Names.Of(canary);
        var snapshots = Snapshots(key);
        var route = Find(ClusterKinds.VirtualServices, key, names.Apex);
        Traffic? traffic = route is null ? null : IstioVirtualService.Read(route, names);
        var facts = seen with
        {
            Scaler = Scaler(canary, key),
            SelectorLabels = options.SelectorLabels,
            Route = new RouteFacts(route is not null, traffic, memory.TrafficSince(key, traffic, seen.Now)),
            Strangers = Strangers.Of(cache, names, canary.Spec.Autoscaler is { } scaler ? ScalerFacts.IdOf(scaler) : null),
            Snapshots = snapshots,
        };
        return names.Kind == TargetKind.Service ? OfService(facts, key, names) : OfWorkload(facts, key, names, canary.Spec.ProgressDeadline);
    }

    private Observation OfWorkload(Observation seen, ResourceKey key, Names names, TimeSpan deadline)
    {
        var kind = ClusterKinds.Of(names.TargetId.Kind, options.ApiGroup);
        var target = workloads.Target(names.Kind, Staying(Find(kind, key, names.Target)), seen.Status, seen.Snapshots, names.CandidateService, deadline, seen.Now);
        var primary = Find(kind, key, names.Primary);
        var apex = Find(ClusterKinds.Services, key, names.Apex);
        var selects = apex.TextMap("spec", "selector");
        var onTarget = target is { Selector: { } pods } && pods.Selects(selects, pods.Target);
        return seen with
        {
            Target = target,
            Primary = workloads.Primary(names.Kind, primary, names.PrimaryService, deadline, seen.Now),
            PrimarySelector = primary is null ? null : new EquatableMap(primary.TextMap("spec", "selector", "matchLabels")),
            ApexOnPrimary = target is { Selector: { } selector } && selector.Selects(selects, selector.Primary),
            HandedBackSince = memory.HandedBackSince(key, apex is not null && onTarget && seen.Route.Traffic is null, seen.Now),
            ConfigCopies = configs.Copies(key),
            TakenConfigNames = configs.Taken(key, target),
        };
    }

    // The target is the apex Service itself and keeps whom it selects: only the route says who is served.
    private Observation OfService(Observation seen, ResourceKey key, Names names)
    {
        var service = Staying(Find(ClusterKinds.Services, key, names.Target));
        var candidate = Find(ClusterKinds.Services, key, names.CandidateService);
        var primary = Find(ClusterKinds.Services, key, names.PrimaryService);
        var target = ServiceFacts.Target(service, candidate, endpoints.Ready(candidate, service));
        return seen with
        {
            Target = service is null || target is null ? null : target with { Inherited = InheritedMetadata.Of(service.Labels, service.Annotations, options.IncludeLabelPrefixes) },
            Primary = ServiceFacts.Primary(primary, endpoints.Ready(primary, primary)),
            ApexOnPrimary = seen.Route.Traffic is not null,
            HandedBackSince = memory.HandedBackSince(key, service is not null && seen.Route.Traffic is null, seen.Now),
        };
    }

    private ScalerFacts? Scaler(Canary canary, ResourceKey key) =>
        canary.Spec.Autoscaler is { } named && ScalerFacts.IdOf(named) is var id && Find(ClusterKinds.Of(id.Kind, options.ApiGroup), key, id.Name) is { } live
            ? new ScalerFacts(id, live)
            : null;

    private Dictionary<string, JsonObject> Snapshots(ResourceKey key)
    {
        var snapshots = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var kept in cache.ControllerRevisions.Store.Find(OwnerIndexes.Canary, key.ToString()))
        {
            if (kept.Annotations.TryGetValue(Names.RevisionAnnotation, out var revision) && kept.Object("data") is { } data)
                snapshots[revision] = data;
        }
        return snapshots;
    }

    private JsonObject? Find(ResourceType type, ResourceKey key, string name) => cache.Find(type, key with { Name = name });

    // What is being deleted is as good as gone, though a finalizer may keep it for long: its pods do not come back, so nothing can be
    // released from it and nothing handed back to it.
    private static JsonObject? Staying(JsonObject? target) => target is null || target.IsBeingDeleted ? null : target;

    // Milliseconds, because that is what a person reads and what every store of ours keeps.
    private DateTimeOffset Now()
    {
        var now = time.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
    }
}
