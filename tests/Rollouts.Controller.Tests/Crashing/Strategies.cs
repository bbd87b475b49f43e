using Rollouts.Controller.Tests.World;
using Rollouts.Model.Status;

namespace Rollouts.Controller.Tests.Crashing;

/// <summary>Every way to release that there is, as short as it can be.</summary>
internal static class Strategies
{
    /// <param name="gate">The URL of a webhook that says yes.</param>
    public static IReadOnlyDictionary<string, Strategy> All(string gate) => new Dictionary<string, Strategy>
    {
        ["ramp"] = new(""" "stepWeight": 40, "maxWeight": 60 """, "100/0, 60/40, 20/80, 100/0") { FromTheBeginning = true, Kills = int.MaxValue },
        ["ramp that fails"] = new(""" "stepWeights": [30, 60] """, "100/0, 70/30, 100/0")
        {
            SuccessRate = 50,
            FromTheBeginning = true,
            Kills = int.MaxValue,
            Over = status => status is { Phase: Phase.Failed, Run.RetiredAt: not null },
            PrimaryImage = "podinfo:1",
            Outcomes = "Failed",
        },
        ["ramp back in steps"] = new(""" "stepWeights": [50], "stepWeightPromotion": 25 """, "100/0, 50/50, 75/25, 100/0"),
        ["explicit steps"] = new(
            """
            "steps": [
              {"setCanaryScale": {"replicas": 1}}, {"mirror": {"percent": 20}},
              {"setWeight": 30}, {"pause": {"duration": "1s"}}, {"analyze": {"for": "2s"}}
            ]
            """,
            "100/0, 100/0 mirror 20%, 70/30, 100/0"),
        ["A/B"] = new(
            """ "iterations": 2, "match": [{"headers": {"x-tester": {"exact": "yes"}}}] """,
            "match 100/0 ; 100/-, match 0/100 ; 100/-, match 100/0 ; 100/-"),
        ["blue/green"] = new(""" "iterations": 2 """, "100/0, 0/100, 100/0"),
        ["blue/green with copies"] = new(""" "iterations": 1, "mirror": true, "mirrorWeight": 40 """, "100/0, 100/0 mirror 40%, 0/100, 100/0"),
        ["ramp with copies"] = new(""" "stepWeights": [50], "mirror": true """, "100/0, 100/0 mirror, 50/50, 100/0"),
        ["session affinity"] = new(""" "stepWeights": [50], "sessionAffinity": {"cookieName": "shop"} """, "100/0, cookie 0/100 ; 50/50, 100/0, cookie 100/0 ; 100/0"),
        ["skipAnalysis"] = new(""" "stepWeights": [50] """, "100/0") { More = """ "skipAnalysis": true """ },
        ["manual promotion"] = new(""" "stepWeights": [50], "promotion": "manual" """, "100/0, 50/50, 100/0")
        {
            Play = async world =>
            {
                world.SetImage("podinfo:2");
                var waiting = await world.WaitForAsync(Phase.WaitingPromotion);
                world.Annotate("rollouts.dev/promote", $"{waiting.Run?.Revision} looks good");
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
        ["rollback to an earlier revision"] = new(""" "stepWeights": [50] """, "100/0, 50/50, 100/0, 50/50, 100/0")
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
                world.Annotate("rollouts.dev/rollback", $"{world.Status().History[1].Revision} as it was");
                return Task.CompletedTask;
            },
            Over = status => status.Phase == Phase.Succeeded && status.History.Count == 4,
            Outcomes = "Promoted, Promoted, Promoted",
        },
        ["deletion in mid-run"] = new(""" "stepWeights": [50] """, "100/0, 50/50, -/-")
        {
            SuccessRate = null,
            Before = async world =>
            {
                world.SetImage("podinfo:2");
                await world.WaitForAsync(TestWorld.VirtualServices, "podinfo", route => TestWorld.WeightOf(route) == 50, "the route at 50");
            },
            Play = world =>
            {
                world.Api.Delete(TestWorld.Canaries, world.Namespace, "podinfo");
                return Task.CompletedTask;
            },
            Over = null,
            PrimaryImage = "",
            Outcomes = "",
            TargetReplicas = 2,
        },
    };
}
