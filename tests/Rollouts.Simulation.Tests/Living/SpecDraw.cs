using System.Text.Json.Nodes;
using Rollouts.Model;

namespace Rollouts.Simulation.Tests.Living;

/// <summary>Draws specs of every strategy and option.</summary>
internal static class SpecDraw
{
    private static readonly string[] HookTypes = ["confirm-rollout", "pre-rollout", "rollout", "confirm-traffic-increase", "confirm-promotion", "post-rollout", "rollback", "event"];

    public static JsonObject Canary(JsonObject spec) => new()
    {
        ["apiVersion"] = "rollouts.dev/v1beta1",
        ["kind"] = "Canary",
        ["metadata"] = new JsonObject { ["name"] = "podinfo", ["namespace"] = "shop", ["uid"] = "7", ["generation"] = 1 },
        ["spec"] = spec,
    };

    public static TargetKind Kind(Chance chance) => chance.Of(TargetKind.Deployment, TargetKind.Deployment, TargetKind.Deployment, TargetKind.DaemonSet, TargetKind.Service);

    public static JsonObject Spec(Chance chance, TargetKind kind)
    {
        var spec = new JsonObject
        {
            ["provider"] = "istio",
            ["targetRef"] = new JsonObject { ["apiVersion"] = kind == TargetKind.Service ? "v1" : "apps/v1", ["kind"] = kind.ToString(), ["name"] = "podinfo" },
            ["progressDeadlineSeconds"] = 60,
            ["service"] = new JsonObject { ["port"] = 80, ["targetPort"] = 9898 },
            ["analysis"] = Analysis(chance, kind),
        };
        if (chance.OneIn(12))
            spec["skipAnalysis"] = true;
        if (chance.OneIn(8))
            spec["historyLimit"] = chance.Below(4);
        if (chance.OneIn(8))
            spec["schedule"] = new JsonObject { ["windows"] = new JsonArray(chance.Of("*/5 * * * *", "0-29 * * * *", "* 12-13 * * *")) };
        if (chance.OneIn(4))
            spec["deletionPolicy"] = "orphan";
        return spec;
    }

    private static JsonObject Analysis(Chance chance, TargetKind kind)
    {
        var analysis = Strategy(chance, kind);
        analysis["interval"] = chance.Of("5s", "10s", "30s");
        analysis["threshold"] = 1 + chance.Below(3);
        analysis["maxHold"] = chance.Of("20s", "2m");
        if (chance.OneIn(3))
            analysis["onHoldTimeout"] = "pause";
        if (chance.OneIn(4))
            analysis["promotion"] = "manual";
        if (chance.OneIn(6))
            analysis["abortOnPodFailure"] = false;
        if (chance.OneIn(6))
            analysis["canaryReadyThreshold"] = 50;
        if (!chance.OneIn(5))
            analysis["metrics"] = new JsonArray([.. Metrics(chance)]);
        else
            analysis["steps"]?.AsArray().Select(step => step!["analyze"] as JsonObject).ToList().ForEach(step => step?.Remove("minRequests"));
        var hooks = HookTypes.Where(_ => chance.OneIn(7)).Select(JsonNode (type) => new JsonObject
        {
            ["name"] = type,
            ["type"] = type,
            ["url"] = "http://gate/",
            ["timeout"] = "3s",
            ["retries"] = chance.Below(2),
        }).ToArray();
        if (hooks.Length > 0)
            analysis["webhooks"] = new JsonArray(hooks);
        return analysis;
    }

    private static IEnumerable<JsonNode> Metrics(Chance chance)
    {
        yield return new JsonObject
        {
            ["name"] = "request-success-rate",
            ["thresholdRange"] = new JsonObject { ["min"] = 99 },
            ["noData"] = chance.Of("hold", "hold", "fail", "pass"),
            ["minSamples"] = chance.Of(0, 0, 10),
        };
        if (chance.OneIn(3))
            yield return new JsonObject { ["name"] = "request-duration", ["thresholdRange"] = new JsonObject { ["max"] = 500 }, ["mode"] = chance.Of("enforce", "observe") };
    }

    private static JsonObject Strategy(Chance chance, TargetKind kind)
    {
        var analysis = chance.Below(6) switch
        {
            0 => new JsonObject { ["stepWeight"] = 30, ["maxWeight"] = 60 },
            1 => new JsonObject { ["stepWeights"] = new JsonArray(20, 60, 100) },
            2 => new JsonObject { ["iterations"] = 1 + chance.Below(3) },
            3 => Matched(chance),
            _ => new JsonObject { ["steps"] = new JsonArray([.. Enumerable.Range(0, 1 + chance.Below(4)).Select(_ => Step(chance, kind))]) },
        };
        var ramps = analysis["stepWeight"] is not null || analysis["stepWeights"] is not null;
        if ((ramps || (analysis["iterations"] is not null && analysis["match"] is null)) && chance.OneIn(3))
            (analysis["mirror"], analysis["mirrorWeight"]) = (true, chance.Of(30, 100));
        if ((ramps || analysis["steps"] is not null) && chance.OneIn(3))
            analysis["sessionAffinity"] = chance.OneIn(2)
                ? new JsonObject { ["cookieName"] = "canary" }
                : new JsonObject { ["cookieName"] = "canary", ["primaryCookieName"] = "primary" };
        if (ramps && chance.OneIn(3))
            analysis["stepWeightPromotion"] = chance.Of(20, 50);
        return analysis;
    }

    private static JsonObject Matched(Chance chance) => new()
    {
        ["iterations"] = 1 + chance.Below(3),
        ["match"] = new JsonArray(new JsonObject { ["headers"] = new JsonObject { ["x-canary"] = new JsonObject { ["exact"] = "insider" } } }),
    };

    private static JsonObject Step(Chance chance, TargetKind kind) => chance.Below(7) switch
    {
        0 => new JsonObject { ["pause"] = new JsonObject { ["duration"] = chance.Of("3s", "20s") } },
        1 => new JsonObject { ["pause"] = new JsonObject() },
        2 => new JsonObject { ["analyze"] = new JsonObject { ["for"] = chance.Of("5s", "25s"), ["minRequests"] = chance.Of(0, 100) } },
        3 => new JsonObject { ["mirror"] = new JsonObject { ["percent"] = chance.Of(10, 100) } },
        4 when kind == TargetKind.Deployment => new JsonObject { ["setCanaryScale"] = chance.OneIn(2) ? new JsonObject { ["replicas"] = 1 } : new JsonObject { ["percent"] = 50 } },
        _ => new JsonObject { ["setWeight"] = chance.Of(0, 5, 20, 50, 80, 100) },
    };
}
