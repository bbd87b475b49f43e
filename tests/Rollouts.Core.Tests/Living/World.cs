using System.Text.Json.Nodes;
using Rollouts.Core.Blueprints;
using Rollouts.Core.Controls;
using Rollouts.Core.Deciding;
using Rollouts.Core.Revisions;
using Rollouts.Core.Routing;
using Rollouts.Core.Routing.Istio;
using Rollouts.Core.Tests.Building;
using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Core.Tests.Living;

/// <summary>
/// A cluster in memory and in virtual time that obeys blueprints: Deployments become ready five seconds after they were changed, unless
/// their image is bad; everything else is as it was written. What the decisions rest on is read off the objects, as the controller does.
/// </summary>
internal sealed class World
{
    /// <summary>The version whose pods never become ready.</summary>
    public const string Bad = "bad";

    private readonly Dictionary<ObjectId, JsonObject> objects = [];
    private readonly Dictionary<string, Pods> pods = [];
    private readonly CanaryReading reading;
    private readonly Names names;
    private EquatableList<Control> controls = [];
    private (Traffic? Traffic, DateTimeOffset Since)? route;
    private DateTimeOffset? handedBack;

    public World(Scene scene, bool userHasRoute)
    {
        reading = scene.Reading();
        names = Names.Of(reading.Canary!);
        objects[new(ObjectKind.Canary, "podinfo")] = Json("""{"metadata": {}}""");
        objects[new(ObjectKind.Deployment, "podinfo")] = new JsonObject { ["spec"] = Versions.Spec("1") };
        objects[new(ObjectKind.Service, "podinfo")] = new JsonObject { ["spec"] = new JsonObject { ["selector"] = new JsonObject { ["app"] = "podinfo" } } };
        if (userHasRoute)
            objects[new(ObjectKind.VirtualService, "podinfo")] = Json("""{"spec": {"http": [{"route": [{"destination": {"host": "podinfo"}}]}]}}""");
        pods["podinfo"] = new Pods("podinfo:1", 2, "podinfo:1", 2, Scene.Noon);
    }

    public DateTimeOffset Now { get; private set; } = Scene.Noon;

    public CanaryStatus Status { get; private set; } = CanaryStatus.None;

    /// <summary>What checks answer; null: nothing yet.</summary>
    public Measurement? Answer { get; set; } = new("request-success-rate", 100, 1000, null);

    public bool IsSuspended { get; set; }

    public bool IsDeleted { get; private set; }

    public bool IsGone { get; private set; }

    public IReadOnlyDictionary<ObjectId, JsonObject> Objects => objects;

    public JsonObject? Find(ObjectKind kind, string name) => objects.GetValueOrDefault(new(kind, name));

    public void Pass(int seconds) => Now = Now.AddSeconds(seconds);

    public void Push(string version) => Find(ObjectKind.Deployment, "podinfo")!["spec"]!["template"] = Versions.Template(version);

    public void Ask(Control control) => controls = controls.Where(other => other.Kind != control.Kind).Append(control).OrderBy(asked => asked.Kind).ToEquatableList();

    public void Delete()
    {
        IsDeleted = true;
        Find(ObjectKind.Canary, "podinfo")!["metadata"]!["deletionTimestamp"] = "2026-03-01T12:00:00Z";
    }

    /// <summary>Everything that was only remembered is lost.</summary>
    public void Crash() => (route, handedBack) = (null, null);

    /// <summary>Somebody else writes weights into the route.</summary>
    public void Drift(int weight)
    {
        if (Find(ObjectKind.VirtualService, "podinfo")?["spec"]?["http"]?[0]?["route"] is JsonArray { Count: 2 } shares)
            (shares[0]!["weight"], shares[1]!["weight"]) = (100 - weight, weight);
    }

    /// <summary>One reconcile. <paramref name="changes"/> is after how many objects the cluster stops taking writes.</summary>
    /// <returns>whether anything changed</returns>
    public bool Reconcile(Action<Observation, Decision>? watch = null, bool loseStatus = false, int changes = int.MaxValue)
    {
        var seen = Look();
        var decision = Decider.Decide(seen);
        watch?.Invoke(seen, decision);
        if (loseStatus)
            return true;
        var changed = decision.Status != Status;
        Status = decision.Status;
        foreach (var change in Blueprint.For(seen, Status).Take(changes))
            changed |= Apply(change);
        IsGone = IsDeleted && Find(ObjectKind.Canary, "podinfo")!["metadata"]?["finalizers"] is null or JsonArray { Count: 0 };
        return changed;
    }

    public Observation Look()
    {
        var vs = Find(ObjectKind.VirtualService, "podinfo");
        Traffic? traffic = vs is null ? null : IstioVirtualService.Read(vs, names);
        route = route is { } known && known.Traffic == traffic ? known : (traffic, Now);
        var selects = Find(ObjectKind.Service, "podinfo")?["spec"]?["selector"]?["app"]?.GetValue<string>();
        handedBack = selects == "podinfo" && traffic is null ? handedBack ?? Now : null;
        var deployment = Find(ObjectKind.Deployment, "podinfo");
        var canary = reading with { Status = Status };
        if (IsDeleted)
            canary = canary with { Metadata = canary.Metadata with { DeletionTimestamp = Scene.Noon } };
        if (IsSuspended)
            canary = canary with { Spec = canary.Spec! with { Suspend = true } };
        var seen = new Observation
        {
            Now = Now,
            Canary = canary,
            Target = deployment is null
                ? null
                : new TargetFacts(Facts("podinfo", Revision.Of(deployment["spec"]!["template"]!)), Versions.Selector, deployment["spec"]!.AsObject()),
            Primary = Find(ObjectKind.Deployment, "podinfo-primary") is { } primary
                ? Facts("podinfo-primary", primary["spec"]!["template"]!["metadata"]!["annotations"]![Names.RevisionAnnotation]!.GetValue<string>())
                : null,
            ApexOnPrimary = selects == "podinfo-primary",
            Route = new RouteFacts(vs is not null, traffic, route.Value.Since),
            HandedBackSince = handedBack,
            Controls = controls,
            Snapshots = objects.Where(pair => pair.Key.Kind == ObjectKind.ControllerRevision).ToDictionary(
                pair => pair.Value["metadata"]!["annotations"]![Names.RevisionAnnotation]!.GetValue<string>(),
                pair => pair.Value["data"]!.AsObject()),
        };
        return Answer is { } answer ? seen with { Measurements = Needs.Metrics(seen).Select(_ => answer).ToEquatableList() } : seen;
    }

    /// <summary>Pods that answer behind a Service.</summary>
    public int Endpoints(string service)
    {
        var selects = Find(ObjectKind.Service, service)?["spec"]?["selector"]?["app"]?.GetValue<string>();
        return selects is null ? 0 : pods.GetValueOrDefault(selects)?.Replicas ?? 0;
    }

    /// <summary>The Services that traffic goes to, with a share above zero.</summary>
    public IEnumerable<string> Receivers()
    {
        var shares = Find(ObjectKind.VirtualService, "podinfo")?["spec"]?["http"]?[0]?["route"]?.AsArray() ?? [];
        return shares.Count == 0
            ? ["podinfo"]
            : shares.Where(share => share!["weight"] is null || share["weight"]!.GetValue<int>() > 0)
                .Select(share => share!["destination"]!["host"]!.GetValue<string>());
    }

    private WorkloadFacts Facts(string name, string revision)
    {
        var spec = Find(ObjectKind.Deployment, name)!["spec"]!;
        var image = spec["template"]!["spec"]!["containers"]![0]!["image"]!.GetValue<string>();
        var now = pods[name] = pods.GetValueOrDefault(name, Pods.None).Towards(image, spec["replicas"]!.GetValue<int>(), Now);
        return new WorkloadFacts
        {
            Revision = revision,
            Wanted = now.WantedReplicas,
            Updated = now.Image == image ? now.Replicas : 0,
            Total = now.Replicas,
            Available = now.Replicas,
            UpToDate = true,
            ReadyEndpoints = now.Replicas,
        };
    }

    private bool Apply(Change change)
    {
        var live = objects.GetValueOrDefault(change.Id);
        if (change is Change.Shape shape)
        {
            if (shape.From(live) is not { } wanted || JsonNode.DeepEquals(live, wanted))
                return false;
            objects[change.Id] = wanted;
            return true;
        }

        var labels = live?["metadata"]?["labels"];
        if (labels?[Names.OwnerLabel] is null || (change is Change.Remove { OnlyIfMade: true } && labels[Names.MadeByLabel] is null))
            return false;
        pods.Remove(change.Id.Kind == ObjectKind.Deployment ? change.Id.Name : "");
        return objects.Remove(change.Id);
    }

    private static JsonObject Json(string json) => JsonNode.Parse(json)!.AsObject();

    private sealed record Pods(string Image, int Replicas, string WantedImage, int WantedReplicas, DateTimeOffset Since)
    {
        public static Pods None { get; } = new("", 0, "", 0, Scene.Noon);

        public Pods Towards(string image, int replicas, DateTimeOffset now)
        {
            var next = image == WantedImage && replicas == WantedReplicas ? this : this with { WantedImage = image, WantedReplicas = replicas, Since = now };
            var isReady = replicas == 0 || (now >= next.Since.AddSeconds(5) && !image.EndsWith(Bad, StringComparison.Ordinal));
            return isReady ? next with { Image = image, Replicas = replicas } : next;
        }
    }
}
