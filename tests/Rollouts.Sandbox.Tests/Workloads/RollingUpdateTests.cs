using System.Text.Json.Nodes;
using CsCheck;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Workloads.Deployments;
using Rollouts.Sandbox.Workloads.Objects;

namespace Rollouts.Sandbox.Tests.Workloads;

public sealed class RollingUpdateTests
{
    [Theory]
    [InlineData(2, "25%", "25%", 1, 0)]
    [InlineData(4, "25%", "25%", 1, 1)]
    [InlineData(10, "25%", "25%", 3, 2)]
    [InlineData(3, "0%", "10%", 0, 1)]
    [InlineData(3, "0", "0", 0, 1)]
    [InlineData(2, "5", "7", 5, 2)]
    [InlineData(0, "25%", "25%", 0, 0)]
    public void Surge_rounds_up_and_unavailable_down_and_never_are_both_zero(int replicas, string surge, string unavailable, int pods, int missing)
    {
        var spec = DeploymentSpec.Of(Deployment(replicas, surge, unavailable));
        (spec.Surge, spec.Unavailable).Should().Be((pods, missing));
    }

    [Fact]
    public void Pods_of_the_old_version_that_serve_nobody_go_first()
    {
        var spec = DeploymentSpec.Of(Deployment(4, "1", "0"));
        var broken = new SetSize("broken", Wanted: 1, Pods: 1, Available: 0);
        var serving = new SetSize("serving", Wanted: 4, Pods: 4, Available: 4);
        RollingUpdate.Next(spec, new SetSize("new", 0, 0, 0), [serving, broken]).Should().Equal(new Resize("broken", 0));
    }

    [Fact]
    public void There_is_room_for_a_new_pod_only_when_the_old_one_is_gone_and_not_before()
    {
        var spec = DeploymentSpec.Of(Deployment(2, "1", "0"));
        var current = new SetSize("new", Wanted: 1, Pods: 1, Available: 1);
        RollingUpdate.Next(spec, current, [new SetSize("old", Wanted: 1, Pods: 2, Available: 2)]).Should().BeEmpty();
        RollingUpdate.Next(spec, current, [new SetSize("old", Wanted: 1, Pods: 1, Available: 1)]).Should().Equal(new Resize("new", 2));
    }

    [Fact]
    public void Pods_that_are_about_to_go_do_not_count_as_available()
    {
        var spec = DeploymentSpec.Of(Deployment(4, "4", "0"));
        var shrinking = new SetSize("shrinking", Wanted: 2, Pods: 4, Available: 4);
        var broken = new SetSize("broken", Wanted: 2, Pods: 2, Available: 0);
        var current = new SetSize("new", Wanted: 4, Pods: 2, Available: 2);
        RollingUpdate.Next(spec, current, [shrinking, broken]).Should().Equal(new Resize("broken", 0));
    }

    /// <summary>Whoever looks first, and whichever pod is ready first: the bounds hold after every single step, and it ends.</summary>
    [Fact]
    public void A_rolling_update_never_leaves_its_bounds()
    {
        Gen<string> amount = Gen.OneOf(Gen.Int[0, 6].Select(n => $"{n}"), Gen.Int[0, 100].Select(n => $"{n}%"));
        Gen.Select(Gen.Int[1, 10], amount, amount, Gen.Int[0, 2], Gen.Int[0, int.MaxValue]).Sample(
            // The API server refuses a strategy that allows neither more nor fewer.
            (replicas, surge, unavailable, minReady, seed) => Run(
                replicas, surge is "0" or "0%" && unavailable is "0" or "0%" ? "1" : surge, unavailable, minReady, new Random(seed)), iter: 40);
    }

    private static void Run(int replicas, string surge, string unavailable, int minReady, Random random)
    {
        var bench = new Bench();
        JsonObject deployment = Deployment(replicas, surge, unavailable);
        deployment["spec"]!["minReadySeconds"] = minReady;
        var spec = DeploymentSpec.Of(deployment);
        bench.Cluster.Create(Kinds.Deployments, deployment);
        bench.Settle();
        bench.SettleReady();
        bench.Time.Advance(TimeSpan.FromSeconds(5));
        bench.Settle();
        bench.SetImage("example.test/app:2");
        int changes = 0;
        for (int step = 0; step < 2000; step++)
        {
            // Now and then another version comes before the last is out, or one of before comes back.
            if (changes < 4 && random.Next(30) == 0)
                bench.SetImage($"example.test/app:{(++changes + random.Next(2)) % 3}");
            Step(bench, random);
            Check(bench, spec);
            if (bench.Get(Kinds.Deployments, "web") is var now && Progress.IsComplete(new DeploymentScene(now, [], [], default), now["status"]))
                return;
        }
        throw new InvalidOperationException($"It did not end: {string.Join(' ', bench.Sets.Select(s => s.ToJsonString()))}");
    }

    private static void Step(Bench bench, Random random)
    {
        switch (random.Next(4))
        {
            case 0:
                bench.Look(Kinds.Deployments, "web");
                break;
            case 1:
                bench.Look(Kinds.ReplicaSets, Any(bench.Sets).Name());
                break;
            case 2:
                List<JsonObject> unready = [.. bench.Pods.Where(p => !p.IsReady())];
                if (unready.Count > 0)
                    bench.SetReady(Any(unready));
                break;
            default:
                bench.Time.Advance(TimeSpan.FromSeconds(1));
                break;
        }

        JsonObject Any(IReadOnlyList<JsonObject> objects) => objects[random.Next(objects.Count)];
    }

    private static void Check(Bench bench, DeploymentSpec spec)
    {
        DateTimeOffset now = bench.Time.GetUtcNow();
        bench.Pods.Count.Should().BeLessThanOrEqualTo(spec.MaxTotal);
        bench.Sets.Sum(s => s.Replicas()).Should().BeLessThanOrEqualTo(spec.MaxTotal);
        bench.Pods.Count(p => p.IsAvailable(spec.MinReady, now)).Should().BeGreaterThanOrEqualTo(spec.MinAvailable);
    }

    private static JsonObject Deployment(int replicas, string surge, string unavailable)
    {
        JsonObject deployment = Manifests.Deployment(replicas);
        JsonObject rolling = deployment.ObjectAt("spec", "strategy", "rollingUpdate")!;
        rolling["maxSurge"] = Amount(surge);
        rolling["maxUnavailable"] = Amount(unavailable);
        return deployment;
    }

    private static JsonNode Amount(string text) => int.TryParse(text, out int number) ? number : text;
}
