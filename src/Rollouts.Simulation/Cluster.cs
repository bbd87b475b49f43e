using System.Text.Json.Nodes;
using Rollouts.Core;
using Rollouts.Core.Blueprints;
using Rollouts.Core.Revisions;
using Rollouts.Core.Targets;
using Rollouts.Model;

namespace Rollouts.Simulation;

/// <summary>
/// The objects of one namespace, and the pods that follow from its workloads. What was written is never changed in place: an object
/// that differs is another object.
/// </summary>
public sealed class Cluster
{
    /// <summary>A DaemonSet has a pod on each.</summary>
    private const int Nodes = 3;

    private readonly Dictionary<ObjectId, JsonObject> objects = [];
    private readonly Dictionary<string, PodSet> pods = [];
    private readonly Dictionary<string, string> revisions = [];

    public IReadOnlyDictionary<ObjectId, JsonObject> Objects => objects;

    /// <summary>What becomes of the pods of each revision; <see cref="PodBehaviour.Good"/> of those that are not named.</summary>
    public Dictionary<string, PodBehaviour> Behaviours { get; } = [];

    /// <summary>Time that has passed in the cluster. Nobody's clock jumps here.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>Counts up with everything that the controller would be told of.</summary>
    public long Version { get; private set; }

    public JsonObject? Find(ObjectKind kind, string name) => objects.GetValueOrDefault(new(kind, name));

    public void Put(ObjectId id, JsonObject wanted)
    {
        objects[id] = wanted;
        Version++;
        if (!HasPods(id.Kind))
            return;
        var replicas = id.Kind == ObjectKind.DaemonSet ? (DaemonRest.IsIn(wanted["spec"]?["template"]) ? 0 : Nodes) : wanted["spec"]?["replicas"]?.GetValue<int>() ?? 1;
        revisions[id.Name] = RevisionOf(wanted);
        pods[id.Name] = Pods(id.Name).Asked(revisions[id.Name], replicas, Elapsed).At(Elapsed, Behaviour(id.Name));
    }

    public void Remove(ObjectId id)
    {
        objects.Remove(id);
        if (HasPods(id.Kind))
            pods.Remove(id.Name);
        Version++;
    }

    /// <summary>All pods of the Deployment are gone at once, and are made anew.</summary>
    public void Lose(string deployment)
    {
        if (pods.TryGetValue(deployment, out var lost))
            pods[deployment] = lost.Lost(Elapsed);
        Version++;
    }

    /// <summary>What the change would leave of the object; the live one itself where it would change nothing.</summary>
    public JsonObject? After(Change change)
    {
        var live = objects.GetValueOrDefault(change.Id);
        return change switch
        {
            Change.Shape shape => shape.From(live) is { } wanted && !JsonNode.DeepEquals(live, wanted) ? wanted : live,
            Change.Remove remove => IsOurs(live, remove.OnlyIfMade) ? null : live,
            _ => throw new InvalidOperationException($"No {change.GetType().Name} is simulated: no target here has configs."),
        };
    }

    /// <summary>Pods that answer behind a Service. Where there are no workloads nobody says whose they are: they are ready at once, or never.</summary>
    public int Endpoints(string service)
    {
        if (Find(ObjectKind.Service, service)?["spec"] is not JsonObject spec || spec["selector"] is not JsonObject { Count: > 0 } selector)
            return 0;
        if (pods.Count == 0)
            return Behaviours.GetValueOrDefault(Revision.Of(TargetKinds.Released(TargetKind.Service, spec)), PodBehaviour.Good).ReadyAfter is null ? 0 : Nodes;
        return pods.Values
            .Where(set => Workload(set.Name)?["spec"]?["template"]?["metadata"]?["labels"] is JsonObject labels
                && selector.All(label => JsonNode.DeepEquals(labels[label.Key], label.Value)))
            .Sum(set => set.Ready);
    }

    /// <summary>What is seen of a workload behind a Service; null where there is none.</summary>
    public WorkloadFacts? Facts(string workload, string service) =>
        Workload(workload) is null ? null : Pods(workload).Facts(revisions[workload], Endpoints(service), Elapsed, Behaviour(workload));

    /// <summary>When time alone will next change something; null: not any more.</summary>
    public TimeSpan? Next => pods.Values.Select(set => set.NextAfter(Elapsed, Behaviour(set.Name))).Min();

    public void PassTo(TimeSpan elapsed)
    {
        Elapsed = elapsed;
        foreach (var set in pods.Values.ToList())
            pods[set.Name] = set.At(elapsed, Behaviour(set.Name));
    }

    private static bool HasPods(ObjectKind kind) => kind is ObjectKind.Deployment or ObjectKind.DaemonSet;

    private JsonObject? Workload(string name) => Find(ObjectKind.Deployment, name) ?? Find(ObjectKind.DaemonSet, name);

    private static bool IsOurs(JsonObject? live, bool made) => live?["metadata"]?["labels"]?[made ? Names.MadeByLabel : Names.OwnerLabel] is not null;

    private PodSet Pods(string deployment) => pods.GetValueOrDefault(deployment) ?? PodSet.None(deployment);

    private PodBehaviour Behaviour(string deployment) => Behaviours.GetValueOrDefault(revisions[deployment], PodBehaviour.Good);

    /// <summary>The primary's is what its annotation says; its template has labels of its own.</summary>
    private static string RevisionOf(JsonObject deployment) =>
        deployment["spec"] is not JsonObject spec || DaemonRest.Without(spec)["template"] is not { } template ? ""
        : template["metadata"]?["annotations"]?[Names.RevisionAnnotation]?.GetValue<string>() ?? Revision.Of(template);
}
