using System.Text.Json.Nodes;
using Rollouts.Core.Controls;
using Rollouts.Core.Deciding;
using Rollouts.Core.Gating;
using Rollouts.Core.Routing;
using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Core.Tests.Building;

/// <summary>An observation in the making, so that a test states only what matters to it. <see cref="Scenes"/> has where to start.</summary>
internal sealed record Scene
{
    public static DateTimeOffset Noon { get; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public DateTimeOffset Now { get; init; } = Noon;

    public CanaryStatus Status { get; init; } = CanaryStatus.None;

    public string Steps { get; init; } = """ "stepWeights": [20, 40, 60] """;

    public string Metrics { get; init; } = """
        [
          {"name": "request-success-rate", "thresholdRange": {"min": 99}, "interval": "1m"},
          {"name": "request-duration", "thresholdRange": {"max": 500}, "interval": "30s"}
        ]
        """;

    /// <summary>Further fields of spec.analysis, as JSON.</summary>
    public string Analysis { get; init; } = """ "maxHold": "30m" """;

    /// <summary>Further fields of spec, as JSON.</summary>
    public string Spec { get; init; } = """ "suspend": false """;

    /// <summary>spec.service, as JSON.</summary>
    public string Service { get; init; } = """{"port": 80, "targetPort": 9898}""";

    public int Threshold { get; init; } = 3;

    public bool IsDeleted { get; init; }

    public TargetFacts? Target { get; init; }

    public WorkloadFacts? Primary { get; init; }

    public bool ApexOnPrimary { get; init; }

    public RouteFacts Route { get; init; } = RouteFacts.None;

    public DateTimeOffset? HandedBackSince { get; init; }

    public string? Rival { get; init; }

    public EquatableList<ObjectId> Strangers { get; init; } = [];

    public EquatableList<Control> Controls { get; init; } = [];

    public EquatableList<Measurement> Measurements { get; init; } = [];

    /// <summary>What webhooks answer, each to whatever it is asked.</summary>
    public EquatableList<(string Name, bool Yes)> Webhooks { get; init; } = [];

    public IReadOnlyDictionary<string, JsonObject> Snapshots { get; init; } = new Dictionary<string, JsonObject>();

    public IReadOnlyDictionary<ObjectId, string> ConfigCopies { get; init; } = new Dictionary<ObjectId, string>();

    public EquatableList<ObjectId> TakenConfigNames { get; init; } = [];

    public ScalerFacts? Scaler { get; init; }

    public Scene At(double secondsPastNoon) => this with { Now = Noon.AddSeconds(secondsPastNoon) };

    public Scene WithTarget(Func<WorkloadFacts, WorkloadFacts> change) =>
        this with { Target = Target! with { Workload = change(Target.Workload) } };

    public Scene WithPrimary(Func<WorkloadFacts, WorkloadFacts> change) => this with { Primary = change(Primary!) };

    public Scene WithRun(Func<RunStatus, RunStatus> change) => this with { Status = Status with { Run = change(Status.Run!) } };

    /// <summary>Somebody changed the target's template; its pods go on serving meanwhile.</summary>
    public Scene Push(string version) => this with { Target = Versions.Target(version, Target!.Workload.Wanted) };

    public Scene RouteAt(int candidate, double sinceSecondsPastNoon = 0) =>
        this with { Route = new RouteFacts(true, new Traffic(new Split(new Weight(candidate)), Weight.Zero), Noon.AddSeconds(sinceSecondsPastNoon)) };

    /// <summary>Both checks have answered.</summary>
    public Scene Measured(double? success = 100, double? duration = 100, double? samples = 1000) => this with
    {
        Measurements = [new("request-success-rate", success, samples, null), new("request-duration", duration, samples, null)],
    };

    /// <summary>Prometheus could not be asked.</summary>
    public Scene Unmeasured(string error = "no answer within 10s") => this with
    {
        Measurements = [new("request-success-rate", null, null, error), new("request-duration", null, null, error)],
    };

    public Scene Asked(ControlKind kind, string value, string by = "kubectl") => this with { Controls = Controls.Add(new(kind, value, by)) };

    public Observation Seen() => new()
    {
        Now = Now,
        Canary = Reading(),
        Rival = Rival,
        Strangers = Strangers,
        Target = Target,
        Primary = Primary,
        ApexOnPrimary = ApexOnPrimary,
        Route = Route,
        HandedBackSince = HandedBackSince,
        Controls = Controls,
        Measurements = Measurements,
        Snapshots = Snapshots,
        Scaler = Scaler,
        ConfigCopies = ConfigCopies,
        TakenConfigNames = TakenConfigNames,
    };

    /// <summary>A webhook answers the question that it is asked now, if it is asked one.</summary>
    public Scene Answered(string name, bool yes) => this with { Webhooks = Webhooks.Add((name, yes)) };

    public Decision Decide()
    {
        var seen = Seen();
        var answers =
            from call in Needs.Gates(seen)
            join webhook in Webhooks on call.Hook.Name equals webhook.Name
            select new GateAnswer(call.Hook.Name, call.Key, webhook.Yes, $"{call.Hook.Name} answered {(webhook.Yes ? 200 : 403)}.");
        return Decider.Decide(seen with { Answers = answers.ToEquatableList() });
    }

    /// <summary>The scene once what was decided is committed, and the answers are used up.</summary>
    public Scene After() => this with { Status = Decide().Status, Measurements = [], Webhooks = [] };

    public CanaryReading Reading() => Canary.Parse(Json());

    private JsonObject Json()
    {
        var json = JsonNode.Parse($$$"""
            {
              "apiVersion": "rollouts.dev/v1beta1", "kind": "Canary",
              "metadata": {"name": "podinfo", "namespace": "shop", "generation": 4},
              "spec": {
                "provider": "istio",
                "targetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "podinfo"},
                "progressDeadlineSeconds": 60,
                "service": {{{Service}}},
                "analysis": {"interval": "10s", "threshold": {{{Threshold}}}, {{{Steps}}}, "metrics": {{{Metrics}}}, {{{Analysis}}}},
                {{{Spec}}}
              }
            }
            """)!.AsObject();
        json["status"] = Status.ToJson();
        if (IsDeleted)
            json["metadata"]!["deletionTimestamp"] = "2026-03-01T12:00:00Z";
        return json;
    }
}
