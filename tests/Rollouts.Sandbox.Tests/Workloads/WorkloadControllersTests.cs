using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Workloads;
using Rollouts.Sandbox.Workloads.Objects;

namespace Rollouts.Sandbox.Tests.Workloads;

public sealed class WorkloadControllersTests
{
    [Fact]
    public async Task A_new_image_is_rolled_out_and_served_by_the_endpoints_of_the_service()
    {
        await using var world = new World(new WorkloadOptions { ReadyAfter = TimeSpan.Zero, DrainFor = TimeSpan.Zero });
        world.Cluster.Create(Kinds.Services, Manifests.Service());
        world.Cluster.Create(Kinds.Deployments, Manifests.Deployment());
        await Rolled(world, 1);
        JsonObject deployment = world.Cluster.Get(Kinds.Deployments, "default", "web")!;
        deployment["spec"]!["template"]!["spec"]!["containers"]![0]!["image"] = "example.test/app:2";
        deployment.Metadata().Remove("resourceVersion");
        world.Cluster.Update(Kinds.Deployments, deployment);
        await Rolled(world, 2);

        JsonObject endpoints = await world.Until(Kinds.Endpoints, "web", e => Addresses(e).Count == 2);
        using var client = new HttpClient();
        foreach (string ip in Addresses(endpoints))
            (await client.GetStringAsync(world.Controllers.Network.Resolve(ip, 8080))).Should().Contain("\"version\":\"2\"");
    }

    [Fact]
    public async Task Fifty_pods_listen_at_once()
    {
        await using var world = new World(new WorkloadOptions { ReadyAfter = TimeSpan.Zero });
        world.Cluster.Create(Kinds.ReplicaSets, Manifests.ReplicaSet(50));
        IReadOnlyList<JsonObject> pods = await world.UntilAll(Kinds.Pods, all => all.Count(p => p.IsReady()) == 50);
        using var client = new HttpClient();
        string[] answers = await Task.WhenAll(pods.Select(p =>
            client.GetStringAsync(world.Controllers.Network.Resolve(p.TextAt("status", "podIP")!, 8080))));
        answers.Should().OnlyHaveUniqueItems("each says its own name");
    }

    private static Task<JsonObject> Rolled(World world, int revision) => world.Until(Kinds.Deployments, "web", d =>
        d["status"].Counter("availableReplicas") == 2 && d["status"].Counter("updatedReplicas") == 2 && d["status"].Counter("replicas") == 2
        && d.TextAt("metadata", "annotations", "deployment.kubernetes.io/revision") == $"{revision}"
        && d["status"].Condition("Progressing").TextAt("reason") == "NewReplicaSetAvailable");

    private static List<string> Addresses(JsonObject endpoints) =>
        [.. endpoints.ObjectsAt("subsets").SelectMany(s => s.ObjectsAt("addresses")).Select(a => a.TextAt("ip")!)];
}
