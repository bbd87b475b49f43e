using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Workloads.Objects;

namespace Rollouts.Sandbox.Tests.Workloads;

public sealed class EndpointsTests
{
    private readonly Bench bench = new();

    [Fact]
    public void A_service_without_pods_has_endpoints_without_subsets_and_an_empty_slice()
    {
        Create(Kinds.Services, Manifests.Service());
        bench.Get(Kinds.Endpoints, "web").ContainsKey("subsets").Should().BeFalse();
        bench.Get(Kinds.Endpoints, "web").TextAt("metadata", "labels", "tier").Should().Be("front");
        JsonObject slice = Slice();
        slice["endpoints"].Should().BeNull();
        slice["ports"].Should().BeNull();
        slice.CopyOf("labels").Select(l => l.Key).Should().BeEquivalentTo(
            ["tier", "kubernetes.io/service-name", "endpointslice.kubernetes.io/managed-by"]);
        slice.IsControlledBy(bench.Get(Kinds.Services, "web")).Should().BeTrue();
    }

    [Fact]
    public void Only_ready_pods_are_addresses_and_the_others_stand_apart()
    {
        Create(Kinds.Services, Manifests.Service());
        Pod("a", "10.244.0.1");
        Pod("b", "10.244.0.2");
        Addresses("addresses").Should().BeEmpty();
        Addresses("notReadyAddresses").Should().Equal("10.244.0.1", "10.244.0.2");

        bench.SetReady(bench.Get(Kinds.Pods, "b"));
        bench.Settle();
        Addresses("addresses").Should().Equal("10.244.0.2");
        Addresses("notReadyAddresses").Should().Equal("10.244.0.1");
        Slice().ObjectsAt("endpoints").Select(e => e["conditions"]!["ready"]!.GetValue<bool>()).Should().Equal(false, true);

        bench.SetReady(bench.Get(Kinds.Pods, "b"), false);
        bench.Settle();
        Addresses("addresses").Should().BeEmpty();
    }

    [Fact]
    public void Ports_are_found_by_name_and_by_number()
    {
        Create(Kinds.Services, Manifests.Service());
        Pod("a", "10.244.0.1");
        Slice()["ports"]!.ToJsonString().Should().Be(
            """[{"name":"http","protocol":"TCP","port":8080},{"name":"m","protocol":"TCP","port":9090}]""");
        bench.Get(Kinds.Endpoints, "web").ObjectsAt("subsets").Single()["ports"]!.ToJsonString().Should().Be(
            """[{"name":"m","port":9090,"protocol":"TCP"},{"name":"http","port":8080,"protocol":"TCP"}]""");
    }

    [Fact]
    public void A_pod_without_a_port_of_the_name_is_in_a_subset_without_that_port()
    {
        Create(Kinds.Services, Manifests.Service());
        Pod("a", "10.244.0.1");
        Pod("b", "10.244.0.2", """{"spec": {"containers": [{"name": "app", "image": "x:1"}]}}""");
        bench.Get(Kinds.Endpoints, "web").ObjectsAt("subsets").Select(s => s.ArrayAt("ports")!.Count).Should().BeEquivalentTo([2, 1]);
        bench.Cluster.List(Kinds.EndpointSlices).Should().HaveCount(2);
    }

    [Fact]
    public void A_pod_that_is_told_to_end_leaves_at_once()
    {
        Create(Kinds.Services, Manifests.Service());
        Pod("a", "10.244.0.1");
        bench.SetReady(bench.Get(Kinds.Pods, "a"));
        bench.Change(Kinds.Pods, "a", p => p["metadata"]!["finalizers"] = new JsonArray("example.test/hold"));
        bench.Cluster.Delete(Kinds.Pods, "default", "a");
        bench.Settle();
        bench.Get(Kinds.Pods, "a").IsReady().Should().BeTrue("it still runs");
        bench.Get(Kinds.Endpoints, "web").ContainsKey("subsets").Should().BeFalse();
        Slice().ObjectsAt("endpoints").Single()["conditions"]!.ToJsonString().Should().Be(
            """{"ready":false,"serving":true,"terminating":true}""");
    }

    [Fact]
    public void A_service_may_publish_pods_that_are_not_ready()
    {
        Create(Kinds.Services, Manifests.Service("""{"publishNotReadyAddresses": true}"""));
        Pod("a", "10.244.0.1");
        Addresses("addresses").Should().Equal("10.244.0.1");
    }

    [Fact]
    public void A_pod_with_other_labels_is_no_endpoint()
    {
        Create(Kinds.Services, Manifests.Service());
        Pod("a", "10.244.0.1", """{"metadata": {"labels": {"app": "other"}}}""");
        bench.Get(Kinds.Endpoints, "web").ContainsKey("subsets").Should().BeFalse();
    }

    [Fact]
    public void Endpoints_go_with_their_service_and_those_without_one_stay()
    {
        Create(Kinds.Services, Manifests.Service());
        Create(Kinds.Endpoints, ByHand());
        bench.Cluster.Delete(Kinds.Services, "default", "web");
        bench.Look(Kinds.Services, "web");
        bench.Look(Kinds.Services, "manual");
        bench.Cluster.List(Kinds.Endpoints).Should().ContainSingle().Which.Name().Should().Be("manual");
        bench.Cluster.List(Kinds.EndpointSlices).Should().NotContain(s => s.Name().StartsWith("web-", StringComparison.Ordinal));
    }

    [Fact]
    public void Endpoints_written_by_hand_for_a_service_without_selector_are_mirrored_to_a_slice()
    {
        Create(Kinds.Services, Manifests.Service("""{"selector": null}""", "manual"));
        bench.Cluster.List(Kinds.Endpoints).Should().BeEmpty();
        Create(Kinds.Endpoints, ByHand());
        JsonObject slice = Slice();
        slice.TextAt("metadata", "labels", "endpointslice.kubernetes.io/managed-by").Should().Be("endpointslicemirroring-controller.k8s.io");
        slice["endpoints"]!.ToJsonString().Should().Be("""[{"addresses":["192.0.2.10"],"conditions":{"ready":true}}]""");
        slice["ports"]!.ToJsonString().Should().Be("""[{"name":"","protocol":"TCP","port":8080}]""");
    }

    private static JsonObject ByHand() => JsonNode.Parse("""
        {"metadata": {"name": "manual", "namespace": "default"}, "subsets": [{"addresses": [{"ip": "192.0.2.10"}], "ports": [{"port": 8080, "protocol": "TCP"}]}]}
        """)!.AsObject();

    private JsonObject Slice() => bench.Cluster.List(Kinds.EndpointSlices).Single();

    private IEnumerable<string?> Addresses(string member) =>
        bench.Get(Kinds.Endpoints, "web").ObjectsAt("subsets").SelectMany(s => s.ObjectsAt(member)).Select(a => a.TextAt("ip"));

    private void Create(ResourceKind kind, JsonObject obj)
    {
        bench.Cluster.Create(kind, obj);
        bench.Settle();
    }

    private void Pod(string name, string ip, string pod = "{}")
    {
        bench.Cluster.Create(Kinds.Pods, Manifests.Pod(name, pod));
        bench.Change(Kinds.Pods, name, p => p["status"] = new JsonObject { ["phase"] = "Running", ["podIP"] = ip }, "status");
        bench.Settle();
    }
}
