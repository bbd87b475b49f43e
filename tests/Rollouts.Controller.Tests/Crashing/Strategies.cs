using Rollouts.Controller.Tests.World;
using Rollouts.Kubernetes.Reading;
using Rollouts.Model.Status;
using Rollouts.Sandbox.ApiServer;

namespace Rollouts.Controller.Tests.Crashing;

/// <summary>Every way to release that there is, as short as it can be.</summary>
internal static class Strategies
{
    /// <param name="gate">The URL of a webhook that says yes.</param>
    public static IReadOnlyDictionary<string, Strategy> All(string gate) => new Dictionary<string, Strategy>
    {
        ["ramp"] = new(""" "stepWeight": 40, "maxWeight": 60 """, "100/0, 60/40, 20/80, 100/0") { FromTheBeginning = true },
        ["ramp that fails"] = new(""" "stepWeights": [30, 60] """, "100/0, 70/30, 100/0")
        {
            SuccessRate = 50,
            Over = status => status is { Phase: Phase.Failed, Run.RetiredAt: not null },
            Serves = "podinfo:1",
            Outcomes = "Failed",
        },
        ["ramp back in steps"] = new(""" "stepWeights": [50], "stepWeightPromotion": 25 """, "100/0, 50/50, 75/25, 100/0"),
        ["listed ramp"] = new(""" "stepWeights": [10, 50] """, "100/0, 90/10, 50/50, 100/0"),
        ["explicit steps"] = new(
            """
            "steps": [
              {"setCanaryScale": {"replicas": 1}}, {"mirror": {"percent": 20}},
              {"setWeight": 30}, {"pause": {"duration": "1s"}}, {"analyze": {"for": "2s"}}
            ]
            """,
            "100/0, 100/0 mirror 20%, 70/30, 100/0"),
        ["A/B by header"] = new(
            """ "iterations": 2, "match": [{"headers": {"x-tester": {"exact": "yes"}}}] """,
            "match 100/0 ; 100/-, match 0/100 ; 100/-, match 100/0 ; 100/-"),
        ["A/B by cookie"] = new(
            """ "iterations": 2, "match": [{"headers": {"cookie": {"regex": "^(.*; )?canary=always(;.*)?$"}}}] """,
            "cookie 100/0 ; 100/-, cookie 0/100 ; 100/-, cookie 100/0 ; 100/-"),
        ["A/B by query"] = new(
            """ "iterations": 2, "match": [{"queryParams": {"version": {"exact": "next"}}}] """,
            "match 100/0 ; 100/-, match 0/100 ; 100/-, match 100/0 ; 100/-"),
        ["blue/green"] = new(""" "iterations": 2 """, "100/0, 0/100, 100/0"),
        ["blue/green with copies"] = new(""" "iterations": 1, "mirror": true, "mirrorWeight": 40 """, "100/0, 100/0 mirror 40%, 0/100, 100/0"),
        ["ramp with copies"] = new(""" "stepWeights": [50], "mirror": true """, "100/0, 100/0 mirror, 50/50, 100/0"),
        ["session affinity"] = new(""" "stepWeights": [50], "sessionAffinity": {"cookieName": "shop"} """, "100/0, cookie 0/100 ; 50/50, 100/0, cookie 100/0 ; 100/0"),
        ["skipAnalysis"] = new(Half, "100/0") { More = """ "skipAnalysis": true """ },
        ["manual promotion"] = new(""" "stepWeights": [50], "promotion": "manual" """, "100/0, 50/50, 100/0")
        {
            Play = async world =>
            {
                world.SetImage("podinfo:2");
                var waiting = await world.WaitAsync(status => status.Phase >= Phase.WaitingPromotion, "waiting for a person");
                world.AnnotateOnce("rollouts.dev/promote", $"{waiting.Run?.Revision} looks good");
            },
        },
        ["pause until promoted"] = new(""" "steps": [{"setWeight": 30}, {"pause": {}}] """, "100/0, 70/30, 100/0")
        {
            Play = async world =>
            {
                world.SetImage("podinfo:2");
                var paused = await world.WaitAsync(status => status.Run?.Step == 2, "paused at its second step");
                world.AnnotateOnce("rollouts.dev/promote", $"{paused.Run?.Revision} go on");
            },
        },
        ["abort in mid-run"] = new(Half, "100/0, 50/50, 100/0")
        {
            SuccessRate = null,
            Play = async world =>
            {
                world.SetImage("podinfo:2");
                var running = await world.WaitAsync(status => status.Phase == Phase.Failed || status.CanaryWeight.Percent == 50, "half of the traffic");
                if (running.Phase != Phase.Failed)
                    await world.WaitForAsync(TestNamespace.VirtualServices, "podinfo", route => TestNamespace.WeightOf(route) == 50 || world.Status().Phase == Phase.Failed, "the route at 50");
                world.AnnotateOnce("rollouts.dev/abort", $"{running.Run?.Revision} not today");
            },
            Over = status => status is { Phase: Phase.Failed, Run.RetiredAt: not null },
            Serves = "podinfo:1",
            Outcomes = "Aborted",
        },
        ["suspend"] = new(Half, "100/0, 50/50, 100/0")
        {
            Before = world =>
            {
                world.Change(TestNamespace.Canaries, "podinfo", canary => canary["spec"]!["suspend"] = true);
                return Task.CompletedTask;
            },
            Play = async world =>
            {
                world.SetImage("podinfo:2");
                await world.WaitAsync(status => status.Phase != Phase.Initialized, "held back");
                world.Change(TestNamespace.Canaries, "podinfo", canary => canary["spec"]!["suspend"] = false);
            },
        },
        ["gates"] = new(
            $$"""
            "stepWeights": [50],
            "webhooks": [
              {"name": "start", "type": "confirm-rollout", "url": "{{gate}}"},
              {"name": "warm", "type": "pre-rollout", "url": "{{gate}}"},
              {"name": "more", "type": "confirm-traffic-increase", "url": "{{gate}}"},
              {"name": "load", "type": "rollout", "url": "{{gate}}"},
              {"name": "end", "type": "confirm-promotion", "url": "{{gate}}"},
              {"name": "told", "type": "post-rollout", "url": "{{gate}}"}
            ]
            """,
            "100/0, 50/50, 100/0")
        {
            Over = status => status.Phase == Phase.Succeeded && status.Run?.Gates.Any(gate => gate is { Name: "told", Open: true }) == true,
        },
        ["rollback to an earlier revision"] = new(Half, "100/0, 50/50, 100/0, 50/50, 100/0")
        {
            Before = async world =>
            {
                world.SetImage("podinfo:2");
                await world.WaitForAsync(Phase.Succeeded);
                world.SetImage("podinfo:3");
                await world.WaitAsync(status => status.Phase == Phase.Succeeded && status.History.Count == 3, "the second release");
            },
            Play = world =>
            {
                world.AnnotateOnce("rollouts.dev/rollback", $"{world.Status().History[1].Revision} as it was");
                return Task.CompletedTask;
            },
            Over = status => status.Phase == Phase.Succeeded && status.History.Count == 4,
            Outcomes = "Promoted, Promoted, Promoted",
        },
        ["deletion in mid-run"] = new(Half, "100/0, 50/50, -/-")
        {
            SuccessRate = null,
            Before = HalfwayAsync,
            Play = DeleteAsync,
            Over = null,
            Serves = "",
            Outcomes = "",
            TargetReplicas = 2,
        },
        ["orphaning in mid-run"] = new(Half, "100/0, 50/50")
        {
            More = """ "deletionPolicy": "orphan" """,
            SuccessRate = null,
            Before = HalfwayAsync,
            Play = DeleteAsync,
            Over = null,
            Serves = "podinfo:1",
            Outcomes = "",
            TargetReplicas = 2,
        },
        ["DaemonSet"] = new(Half, "100/0, 50/50, 100/0")
        {
            FromTheBeginning = true,
            Make = (world, canary) =>
            {
                world.Create(Kinds.DaemonSets, Manifests.DaemonSet());
                world.Create(TestNamespace.Canaries, Manifests.Of(Kinds.DaemonSets, canary));
            },
            Play = world =>
            {
                world.SetImage("podinfo:2", kind: Kinds.DaemonSets);
                return Task.CompletedTask;
            },
            Primary = world => Manifests.ImageOf(world.Get(Kinds.DaemonSets, "podinfo-primary")),
            TargetReplicas = -1,
        },
        ["Service"] = new(Half, "100/0, 50/50, 100/0")
        {
            FromTheBeginning = true,
            Make = (world, canary) =>
            {
                world.Create(Kinds.Deployments, Manifests.Coloured("blue"));
                world.Create(Kinds.Deployments, Manifests.Coloured("green"));
                world.Create(Kinds.Services, Manifests.Service("blue"));
                world.Create(TestNamespace.Canaries, Manifests.Of(Kinds.Services, canary));
            },
            Play = world =>
            {
                world.Change(Kinds.Services, "podinfo", service => service["spec"]!["selector"]!["colour"] = "green");
                return Task.CompletedTask;
            },
            Primary = world => world.Get(Kinds.Services, "podinfo-primary").Text("spec", "selector", "colour"),
            Serves = "green",
            TargetReplicas = -1,
        },
        ["autoscaler"] = new(Half, "100/0, 50/50, 100/0")
        {
            More = Manifests.ScaledBy(Kinds.HorizontalPodAutoscalers),
            FromTheBeginning = true,
            Make = (world, canary) =>
            {
                world.Create(Kinds.HorizontalPodAutoscalers, Manifests.PodAutoscaler());
                world.Create(Kinds.Deployments, Manifests.Deployment());
                world.Create(TestNamespace.Canaries, canary);
            },
            Primary = world => $"{world.Image("podinfo-primary")} scaled by {world.Get(Kinds.HorizontalPodAutoscalers, "podinfo-primary").Text("spec", "scaleTargetRef", "name")}",
            Serves = "podinfo:2 scaled by podinfo-primary",
        },
        ["config tracking"] = new(Half, "100/0, 50/50, 100/0")
        {
            FromTheBeginning = true,
            Make = (world, canary) =>
            {
                Manifests.CreateConfigs(world);
                world.Create(Kinds.Deployments, Manifests.DeploymentWithConfigs());
                world.Create(TestNamespace.Canaries, canary);
            },
            Play = world =>
            {
                world.Change(Kinds.ConfigMaps, "podinfo-config", map => map["data"]!["color"] = "blue");
                return Task.CompletedTask;
            },
            Primary = world => world.Get(Kinds.ConfigMaps, "podinfo-config-primary").Text("data", "color"),
            Serves = "blue",
        },
    };

    private const string Half = """ "stepWeights": [50] """;

    private static async Task HalfwayAsync(TestNamespace world)
    {
        world.SetImage("podinfo:2");
        await world.WaitForAsync(TestNamespace.VirtualServices, "podinfo", route => TestNamespace.WeightOf(route) == 50, "the route at 50");
    }

    private static Task DeleteAsync(TestNamespace world)
    {
        world.Api.Delete(TestNamespace.Canaries, world.Namespace, "podinfo");
        return Task.CompletedTask;
    }
}
