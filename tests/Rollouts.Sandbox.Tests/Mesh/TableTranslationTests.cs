using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Rollouts.Sandbox.Mesh.Routing;
using Rollouts.Sandbox.Mesh.Translating;

namespace Rollouts.Sandbox.Tests.Mesh;

public sealed class TableTranslationTests
{
    [Fact]
    public void The_first_rule_that_matches_takes_the_request()
    {
        var table = Translate(MeshObject.VirtualService(
            """
            [{"match":[{"headers":{"x-user":{"exact":"insider"}}},{"uri":{"prefix":"/beta"}}],"route":[{"destination":{"host":"podinfo-canary"}}]},
             {"route":[{"destination":{"host":"podinfo-primary"}}]}]
            """));
        Target(table, "podinfo", "/", ("x-user", "insider")).Should().Be("podinfo-canary.test.svc.cluster.local");
        Target(table, "podinfo", "/beta/1").Should().Be("podinfo-canary.test.svc.cluster.local");
        Target(table, "podinfo", "/").Should().Be("podinfo-primary.test.svc.cluster.local");
    }

    [Fact]
    public void A_VirtualService_without_a_rule_for_a_request_has_no_answer_for_it()
    {
        var table = Translate(MeshObject.VirtualService("""[{"match":[{"uri":{"exact":"/only"}}],"route":[{"destination":{"host":"podinfo-primary"}}]}]"""));
        Target(table, "podinfo", "/other").Should().BeNull();
    }

    [Fact]
    public void Hosts_are_found_exactly_then_by_the_longest_wildcard()
    {
        var table = Translate(
            MeshObject.VirtualService("""[{"route":[{"destination":{"host":"podinfo-canary"}}]}]""", "\"*.example.com\"", "wide"),
            MeshObject.VirtualService("""[{"route":[{"destination":{"host":"podinfo-primary"}}]}]""", "\"app.example.com\"", "exact"),
            MeshObject.VirtualService("""[{"route":[{"destination":{"host":"podinfo"}}]}]""", "\"*\"", "any"));
        Target(table, "app.example.com").Should().StartWith("podinfo-primary.");
        Target(table, "www.example.com").Should().StartWith("podinfo-canary.");
        Target(table, "elsewhere").Should().StartWith("podinfo.");
    }

    [Fact]
    public void The_oldest_VirtualService_of_a_host_has_it()
    {
        var table = Translate(
            MeshObject.VirtualService("""[{"route":[{"destination":{"host":"podinfo-canary"}}]}]""", name: "a", created: "2026-01-02T00:00:00Z"),
            MeshObject.VirtualService("""[{"route":[{"destination":{"host":"podinfo-primary"}}]}]""", name: "b", created: "2026-01-01T00:00:00Z"));
        Target(table, "podinfo.test.svc.cluster.local").Should().StartWith("podinfo-primary.");
    }

    [Fact]
    public void A_VirtualService_of_another_gateway_than_the_mesh_leaves_the_Service_s_own_names_alone()
    {
        var table = Translate(Bound("""[{"route":[{"destination":{"host":"podinfo-canary"}}]}]""", "public"));
        Target(table, "app.example.com").Should().StartWith("podinfo-canary.");
        Target(table, "podinfo").Should().StartWith("podinfo.");
        var both = Translate(Bound("""[{"route":[{"destination":{"host":"podinfo-canary"}}]}]""", "public", "mesh"));
        Target(both, "app.example.com").Should().StartWith("podinfo-canary.");
        Target(both, "podinfo").Should().StartWith("podinfo-canary.");
    }

    [Theory]
    [InlineData("mesh", false, true)]
    [InlineData("public", true, false)]
    [InlineData("test/public", true, false)]
    [InlineData("public.test.svc.cluster.local", true, false)]
    [InlineData("other/public", false, false)]
    public void A_match_for_a_gateway_is_for_the_requests_that_come_through_it(string gateway, bool outside, bool inside)
    {
        var table = Translate(Bound(
            $$$$"""
            [{"match":[{"gateways":["{{{{gateway}}}}"]}],"route":[{"destination":{"host":"podinfo-canary"}}]},{"route":[{"destination":{"host":"podinfo-primary"}}]}]
            """, "public", "mesh"));
        (Target(table, "app.example.com")!.StartsWith("podinfo-canary", StringComparison.Ordinal),
            Target(table, "podinfo")!.StartsWith("podinfo-canary", StringComparison.Ordinal)).Should().Be((outside, inside));
    }

    [Fact]
    public void A_host_of_a_VirtualService_that_delegates_goes_where_the_delegate_says()
    {
        var table = Translate(
            MeshObject.VirtualService("""[{"match":[{"uri":{"prefix":"/shop"}}],"delegate":{"name":"below"}},{"route":[{"destination":{"host":"podinfo"}}]}]""", "\"app.example.com\""),
            MeshObject.VirtualService("""[{"match":[{"uri":{"prefix":"/shop/new"}}],"route":[{"destination":{"host":"podinfo-canary"}}]},{"route":[{"destination":{"host":"podinfo-primary"}}]}]""", "", "below"));
        Target(table, "app.example.com", "/shop/new/1").Should().StartWith("podinfo-canary.");
        Target(table, "app.example.com", "/shop/old").Should().StartWith("podinfo-primary.");
        Target(table, "app.example.com").Should().StartWith("podinfo.");
    }

    [Fact]
    public void A_destination_that_stands_alone_needs_no_weight_and_one_of_several_without_weight_gets_nothing()
    {
        var alone = Rule(Translate(MeshObject.VirtualService("""[{"route":[{"destination":{"host":"podinfo"}}]}]""")), "podinfo");
        alone?.TotalWeight.Should().Be(100);

        var rule = Rule(Translate(MeshObject.VirtualService(
            """[{"route":[{"destination":{"host":"podinfo-primary"},"weight":3},{"destination":{"host":"podinfo-canary"}}]}]""")), "podinfo");
        Enumerable.Range(0, 3).Select(draw => rule?.Choose(draw)?.Upstream.Service).Should().AllBe("podinfo-primary");
        rule?.TotalWeight.Should().Be(3);
    }

    [Fact]
    public void A_subset_is_the_pods_with_its_labels_and_an_undefined_one_has_none()
    {
        var table = Translate(
            [MeshObject.VirtualService(
                """
                [{"match":[{"uri":{"exact":"/two"}}],"route":[{"destination":{"host":"podinfo","subset":"two"}}]},
                 {"route":[{"destination":{"host":"podinfo","subset":"three"}}]}]
                """)],
            [MeshObject.Parse("""{"metadata":{"name":"p","namespace":"test"},"spec":{"host":"podinfo","subsets":[{"name":"two","labels":{"version":"2"}}]}}""")]);
        Backends(table, "/two").Should().Equal("10.0.0.2");
        Backends(table, "/").Should().BeEmpty();
    }

    [Theory]
    [InlineData("podinfo-gone")]
    [InlineData("podinfo-primary.other")]
    public void A_destination_that_is_no_Service_has_no_pods(string host) =>
        Backends(Translate(MeshObject.VirtualService($$$$"""[{"route":[{"destination":{"host":"{{{{host}}}}"}}]}]""")), "/").Should().BeEmpty();

    [Fact]
    public void The_bare_name_is_of_the_default_namespace_and_else_of_the_first()
    {
        var table = TableTranslation.Translate(new MeshObjects(
            [], [], [MeshObject.Service("web", "b"), MeshObject.Service("web", "a"), MeshObject.Service("api", "a"), MeshObject.Service("api", "default")], [], [], []));
        Target(table, "web").Should().StartWith("web.a.");
        Target(table, "web.b").Should().StartWith("web.b.");
        Target(table, "api").Should().StartWith("api.default.");
    }

    [Theory]
    [InlineData(null, "podinfo")]
    [InlineData("DaemonSet", "agent")]
    public void The_workload_of_a_pod_is_the_Deployment_over_its_ReplicaSet_or_the_DaemonSet(string? owner, string workload)
    {
        var pod = MeshObject.Pod("p", "podinfo");
        if (owner is not null)
            pod["metadata"]!["ownerReferences"] = new JsonArray(MeshObject.Parse($$"""{"kind":"{{owner}}","name":"agent","controller":true}"""));
        var objects = new MeshObjects([], [], [], [], [pod], [MeshObject.ReplicaSet("podinfo")]);
        new WorkloadDirectory(objects).Find(new ObjectKey("test", "p")).Name.Should().Be(workload);
    }

    [Theory]
    [InlineData("1.5s", 1500)]
    [InlineData("250ms", 250)]
    [InlineData("1m30s", 90_000)]
    [InlineData("soon", null)]
    [InlineData(null, null)]
    public void Durations_are_read_as_Istio_writes_them(string? text, int? milliseconds) =>
        (GoDuration.Parse(text)?.TotalMilliseconds).Should().Be(milliseconds);

    private static JsonObject Bound(string http, params string[] gateways)
    {
        var virtualService = MeshObject.VirtualService(http, "\"podinfo\",\"app.example.com\"");
        virtualService["spec"]!["gateways"] = new JsonArray([.. gateways.Select(gateway => JsonValue.Create(gateway))]);
        return virtualService;
    }

    private static RouteTable Translate(params JsonObject[] virtualServices) => Translate(virtualServices, []);

    private static RouteTable Translate(JsonObject[] virtualServices, JsonObject[] destinationRules) => TableTranslation.Translate(new MeshObjects(
        virtualServices,
        destinationRules,
        [MeshObject.Service("podinfo"), MeshObject.Service("podinfo-primary"), MeshObject.Service("podinfo-canary")],
        [MeshObject.Endpoints("podinfo", ["10.0.0.1", "10.0.0.2"])],
        [MeshObject.Pod("10.0.0.1", "podinfo", "1"), MeshObject.Pod("10.0.0.2", "podinfo", "2")],
        [MeshObject.ReplicaSet("podinfo")]));

    private static HttpRule? Rule(RouteTable table, string host, string path = "/", params (string Name, string Value)[] headers)
    {
        var context = new DefaultHttpContext();
        context.Request.Path = path;
        foreach (var (name, value) in headers)
            context.Request.Headers[name] = value;
        return table.Find(host)?.Find(context.Request, out _);
    }

    private static string? Target(RouteTable table, string host, string path = "/", params (string Name, string Value)[] headers) =>
        Rule(table, host, path, headers)?.Destinations.Single().Upstream.Host;

    private static IEnumerable<string>? Backends(RouteTable table, string path) =>
        Rule(table, "podinfo", path)?.Destinations.Single().Upstream.Backends.Select(backend => backend.PodIP);
}
