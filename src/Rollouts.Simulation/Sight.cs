using System.Text.Json.Nodes;
using Rollouts.Core;
using Rollouts.Core.Routing;
using Rollouts.Core.Routing.Istio;
using Rollouts.Core.Targets;
using Rollouts.Model;

namespace Rollouts.Simulation;

/// <summary>What the controller sees of a cluster, and what it remembers of what it saw.</summary>
internal sealed class Sight(Cluster cluster)
{
    private (Traffic? Traffic, DateTimeOffset Since)? route;
    private DateTimeOffset? handedBack;
    private (JsonObject? Live, Traffic? Traffic) read;
    private (JsonObject? Workload, PodSelector? Selector, JsonObject Spec) selected = (null, null, []);
    private (long Version, Dictionary<string, JsonObject> Kept) snapshots = (-1, []);

    /// <summary>A controller that starts has seen nothing yet.</summary>
    public void Forget() => (route, handedBack) = (null, null);

    public Observation Of(CanaryReading reading, DateTimeOffset now)
    {
        if (reading.Actionable is not { } canary)
            return new Observation { Now = now, Canary = reading };
        var names = Names.Of(canary);
        var live = cluster.Find(ObjectKind.VirtualService, names.Apex);
        if (!ReferenceEquals(live, read.Live))
            read = (live, live is null ? null : IstioVirtualService.Read(live, names));
        route = route is { } known && known.Traffic == read.Traffic ? known : (read.Traffic, now);

        var seen = new Observation { Now = now, Canary = reading, Route = new RouteFacts(live is not null, read.Traffic, route.Value.Since), Snapshots = Snapshots() };
        return names.Kind == TargetKind.Service ? OfService(seen, names) : OfWorkload(seen, names);
    }

    private Observation OfWorkload(Observation seen, Names names)
    {
        var apex = Texts(cluster.Find(ObjectKind.Service, names.Apex)?["spec"]?["selector"]);
        var target = Target(names);
        var onTarget = target?.Selector is { } own && own.Selects(apex, own.Target);
        handedBack = onTarget && seen.Route.Traffic is null ? handedBack ?? seen.Now : null;
        return seen with
        {
            Target = target,
            Primary = cluster.Facts(names.Primary, names.PrimaryService),
            PrimarySelector = cluster.Find(names.PrimaryId.Kind, names.Primary) is { } primary ? Texts(primary["spec"]?["selector"]?["matchLabels"]) : null,
            ApexOnPrimary = target?.Selector is { } pods && pods.Selects(apex, pods.Primary),
            HandedBackSince = handedBack,
        };
    }

    private Observation OfService(Observation seen, Names names)
    {
        var service = cluster.Find(ObjectKind.Service, names.Target);
        var primary = cluster.Find(ObjectKind.Service, names.PrimaryService);
        handedBack = service is not null && seen.Route.Traffic is null ? handedBack ?? seen.Now : null;
        return seen with
        {
            Target = ServiceFacts.Target(service, cluster.Find(ObjectKind.Service, names.CandidateService), cluster.Endpoints(names.CandidateService)),
            Primary = ServiceFacts.Primary(primary, cluster.Endpoints(names.PrimaryService)),
            ApexOnPrimary = seen.Route.Traffic is not null,
            HandedBackSince = handedBack,
        };
    }

    private TargetFacts? Target(Names names)
    {
        if (cluster.Find(names.TargetId.Kind, names.Target) is not { } workload || workload["spec"] is not JsonObject live)
            return null;
        if (!ReferenceEquals(workload, selected.Workload))
            selected = (workload, PodSelector.Of(Texts(live["selector"]?["matchLabels"]), PodSelector.UsualLabels), TargetKinds.Released(names.Kind, live));
        return cluster.Facts(names.Target, names.CandidateService) is { } facts ? new TargetFacts(facts, selected.Selector, selected.Spec) : null;
    }

    private Dictionary<string, JsonObject> Snapshots()
    {
        if (snapshots.Version != cluster.Version)
            snapshots = (cluster.Version, Kept());
        return snapshots.Kept;
    }

    private Dictionary<string, JsonObject> Kept()
    {
        var kept = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var (id, obj) in cluster.Objects)
        {
            if (id.Kind == ObjectKind.ControllerRevision && obj["metadata"]?["annotations"]?[Names.RevisionAnnotation]?.GetValue<string>() is { } revision
                && obj["data"] is JsonObject data)
            {
                kept[revision] = data;
            }
        }
        return kept;
    }

    private static EquatableMap Texts(JsonNode? node) =>
        node is JsonObject texts ? new EquatableMap(texts.Select(text => KeyValuePair.Create(text.Key, text.Value?.GetValue<string>() ?? ""))) : EquatableMap.Empty;
}
