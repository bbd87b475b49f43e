using System.Text.Json.Nodes;
using Rollouts.Controller.Serving;
using Rollouts.Controller.Tests.World;
using Rollouts.Kubernetes.Client;
using Rollouts.Kubernetes.Reading;
using Rollouts.Model.Json;
using Rollouts.Model.Status;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.Workloads.Autoscaling;
using Rollouts.TestKit;

namespace Rollouts.Controller.Tests;

/// <summary>Least privilege: what the installed role allows is what the controller does.</summary>
public class AccessTests(TestCluster cluster) : IClassFixture<TestCluster>
{
    [Fact]
    public void The_installed_role_is_the_one_that_the_controller_states() =>
        Golden.Holds("samples/install/rbac.yaml", string.Join("---\n", InstalledRoles()));

    [Fact]
    public async Task The_role_allows_every_request_of_a_whole_life_and_nothing_that_is_never_asked()
    {
        await using var world = await cluster.WorldAsync();
        using var inner = world.Client();
        var client = new CountingClient(inner);
        await world.StartControllerAsync(client, options: options => options with { LeaseNamespace = world.Namespace });
        Manifests.CreateConfigs(world);
        world.Create(Kinds.HorizontalPodAutoscalers, Manifests.PodAutoscaler());
        world.Create(Kinds.Deployments, Manifests.DeploymentWithConfigs());
        world.Create(TestWorld.Canaries, Manifests.Canary(more: """ "historyLimit": 1, """ + Manifests.ScaledBy(Kinds.HorizontalPodAutoscalers)));
        world.Create(Keda.ScaledObjects, Manifests.ScaledObject("queue"));
        world.Create(Kinds.Deployments, Manifests.Deployment(name: "queue"));
        var queue = Manifests.Canary(more: Manifests.ScaledBy(Keda.ScaledObjects).Replace("podinfo", "queue"), name: "queue");
        queue["spec"]!["targetRef"]!["name"] = "queue";
        world.Create(TestWorld.Canaries, queue);
        world.Create(Kinds.DaemonSets, Manifests.DaemonSet(name: "agent"));
        var agent = Manifests.CanaryOf(Kinds.DaemonSets);
        agent["metadata"]!["name"] = "agent";
        agent["spec"]!["targetRef"]!["name"] = "agent";
        world.Create(TestWorld.Canaries, agent);
        await world.WaitForAsync(Phase.Initialized);
        foreach (var other in new[] { "queue", "agent" })
            await world.WaitAsync(status => status.Phase == Phase.Initialized, $"{other} initialized", other);
        foreach (var image in new[] { "podinfo:2", "podinfo:3" })
        {
            world.Change(Kinds.ConfigMaps, "podinfo-config", map => map["data"]!["color"] = image);
            world.Change(Kinds.Secrets, "podinfo-secret", secret => secret["data"]!["password"] = Manifests.Base64(image));
            world.SetImage(image);
            await world.WaitAsync(status => status.Phase == Phase.Succeeded && world.Image("podinfo-primary") == image, $"{image} promoted");
        }
        world.Change(TestWorld.Canaries, "podinfo", canary =>
        {
            canary["spec"]!["service"]!["portName"] = "web";
            canary["spec"]!["service"]!["trafficPolicy"] = new JsonObject { ["tls"] = new JsonObject { ["mode"] = "ISTIO_MUTUAL" } };
        });
        await world.WaitForAsync(TestWorld.DestinationRules, "podinfo-canary", rule => rule?["spec"]?["trafficPolicy"] is not null, "with the policy");
        world.Change(Kinds.HorizontalPodAutoscalers, "podinfo", hpa => hpa["spec"]!["maxReplicas"] = 5);
        await world.WaitForAsync(Kinds.HorizontalPodAutoscalers, "podinfo-primary", hpa => (int?)hpa?["spec"]?["maxReplicas"] == 5, "at most 5");
        // Without its target nothing of the Canary is of use to anybody, and all of it goes.
        foreach (var other in new[] { "queue", "agent" })
        {
            world.Api.Delete(TestWorld.Canaries, world.Namespace, other);
            await world.WaitForAsync(TestWorld.Canaries, other, canary => canary is null, $"{other} gone");
        }
        world.Api.Delete(Kinds.Deployments, world.Namespace, "podinfo");
        world.Api.Delete(TestWorld.Canaries, world.Namespace, "podinfo");
        await world.WaitForAsync(TestWorld.Canaries, "podinfo", canary => canary is null, "gone");

        world.Get(TestWorld.VirtualServices, "podinfo").Should().BeNull();
        world.Get(Kinds.Services, "podinfo").Should().BeNull();
        var asked = client.Requests.Select(Asked).ToHashSet();
        var allowed = Allowed().ToHashSet();
        // A get follows only on a lost race for a create, which this life need not have had.
        asked.Should().BeSubsetOf(allowed);
        allowed.Except(asked).Where(access => !access.StartsWith("get ", StringComparison.Ordinal)).Should().BeEmpty();
    }

    private static string Asked(string request)
    {
        var words = request.Split(' ');
        return $"{(words[0] == "replace" ? "update" : words[0])} {words[1].Replace("/", "", StringComparison.Ordinal)}";
    }

    private static IEnumerable<string> Allowed() =>
        from role in new[] { AccessRules.ClusterRole(), AccessRules.ConfigRole(), AccessRules.LeaseRole() }
        from rule in role.Items("rules")
        from verb in rule.Texts("verbs")
        select $"{verb} {KindOf(rule.Texts("resources").Single())}";

    private static string KindOf(string resource) => resource switch
    {
        "canaries" => "Canary",
        "canaries/status" => "Canarystatus",
        "deployments" => "Deployment",
        "daemonsets" => "DaemonSet",
        "controllerrevisions" => "ControllerRevision",
        "replicasets" => "ReplicaSet",
        "pods" => "Pod",
        "services" => "Service",
        "endpointslices" => "EndpointSlice",
        "virtualservices" => "VirtualService",
        "destinationrules" => "DestinationRule",
        "configmaps" => "ConfigMap",
        "secrets" => "Secret",
        "horizontalpodautoscalers" => "HorizontalPodAutoscaler",
        "scaledobjects" => "ScaledObject",
        "events" => "Event",
        "leases" => "Lease",
        _ => throw new ArgumentOutOfRangeException(nameof(resource), resource, "has no kind here"),
    };

    private static IEnumerable<string> InstalledRoles() =>
    [
        "# Made from what the controller states that it does; a test keeps it so.\n" + Yaml.Write(AccessRules.ClusterRole()),
        Yaml.Write(AccessRules.ConfigRole()),
        Yaml.Write(AccessRules.LeaseRole()),
    ];
}
