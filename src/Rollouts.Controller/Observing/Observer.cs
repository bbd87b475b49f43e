using System.Text.Json.Nodes;
using Rollouts.Controller.Gating;
using Rollouts.Core;
using Rollouts.Core.Controls;
using Rollouts.Core.Deciding;
using Rollouts.Core.Routing;
using Rollouts.Core.Routing.Istio;
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
        var deadline = canary.Spec.ProgressDeadline;
        var apex = Find(ClusterKinds.Services, key, names.Apex);
        var snapshots = Snapshots(key);
        var target = workloads.Target(Find(ClusterKinds.Deployments, key, names.Target), seen.Status, snapshots, names.CandidateService, deadline, seen.Now);
        var primary = Find(ClusterKinds.Deployments, key, names.Primary);
        var route = Find(ClusterKinds.VirtualServices, key, names.Apex);
        Traffic? traffic = route is null ? null : IstioVirtualService.Read(route, names);
        var selects = apex.TextMap("spec", "selector");
        var onTarget = target is { Selector: { } pods } && pods.Selects(selects, pods.Target);
        return seen with
        {
            Target = target,
            Scaler = Scaler(canary, key),
            SelectorLabels = options.SelectorLabels,
            Primary = workloads.Primary(primary, names.PrimaryService, deadline, seen.Now),
            PrimarySelector = primary is null ? null : new EquatableMap(primary.TextMap("spec", "selector", "matchLabels")),
            ApexOnPrimary = target is { Selector: { } selector } && selector.Selects(selects, selector.Primary),
            Route = new RouteFacts(route is not null, traffic, memory.TrafficSince(key, traffic, seen.Now)),
            HandedBackSince = memory.HandedBackSince(key, apex is not null && onTarget && traffic is null, seen.Now),
            Strangers = Strangers.Of(cache, names, canary.Spec.Autoscaler is { } scaler ? ScalerFacts.IdOf(scaler) : null),
            Snapshots = snapshots,
            ConfigCopies = configs.Copies(key),
            TakenConfigNames = configs.Taken(key, target),
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

    // Milliseconds, because that is what a person reads and what every store of ours keeps.
    private DateTimeOffset Now()
    {
        var now = time.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
    }
}
