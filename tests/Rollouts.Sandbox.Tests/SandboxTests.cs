using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.Mesh;
using Rollouts.Sandbox.Tests.Mesh;
using Rollouts.Sandbox.Tests.Prometheus;
using Rollouts.Sandbox.Traffic;

namespace Rollouts.Sandbox.Tests;

public sealed class SandboxTests
{
    private static readonly HttpClient Client = new();

    [Theory]
    [InlineData(PrometheusKind.Embedded)]
    [InlineData(PrometheusKind.Real)]
    public async Task Deployments_serve_through_the_mesh_by_the_weights_of_a_VirtualService_and_Prometheus_counts_them(PrometheusKind kind)
    {
        await using var sandbox = await Sandbox.StartAsync(
            new SandboxOptions { Prometheus = kind, ReadyAfter = TimeSpan.Zero }, CancellationToken.None);
        Deploy(sandbox, "podinfo-primary", "podinfo:1", errors: "0");
        Deploy(sandbox, "podinfo", "podinfo:2", errors: "1");
        Serve(sandbox, "podinfo-primary", "podinfo-primary");
        Serve(sandbox, "podinfo-canary", "podinfo");
        var route = MeshObject.Split(50, 50);
        (route["metadata"]!["namespace"], route["apiVersion"], route["kind"]) = ("default", "networking.istio.io/v1beta1", "VirtualService");
        sandbox.Cluster.Create(IstioKinds.VirtualServices, route);
        await MeshScene.UntilAsync(async () => await StatusAsync(sandbox, "podinfo-primary") == HttpStatusCode.OK
            && await StatusAsync(sandbox, "podinfo-canary") == HttpStatusCode.InternalServerError);

        await using (var load = LoadGenerator.Start(new LoadOptions { Target = sandbox.MeshUrl, Host = "podinfo", Rate = 100 }))
        {
            await MeshScene.UntilAsync(() => Task.FromResult(load.Read().Versions is { } versions
                && versions.GetValueOrDefault("1")?.Ok > 20 && versions.GetValueOrDefault("2")?.Failed > 20));
            load.Read().Failures.Keys.Should().Equal(Failure.ServerError);

            using var prometheus = new QueryClient(sandbox.PrometheusUrl);
            const string rate = "sum(rate(istio_requests_total{reporter=\"destination\",destination_workload_namespace=\"default\",destination_workload=~\"podinfo\"";
            const string good = rate + ",response_code!~\"5.*\"}[30s])) or on() vector(0)";
            await MeshScene.UntilAsync(async () => await ValueAsync(prometheus, rate + "}[30s]))") > 5);
            (await ValueAsync(prometheus, good)).Should().Be(0);
        }
    }

    [Fact]
    public async Task A_rolling_update_under_load_costs_no_request()
    {
        await using var sandbox = await Sandbox.StartAsync(new SandboxOptions { ReadyAfter = TimeSpan.FromMilliseconds(200) }, CancellationToken.None);
        Deploy(sandbox, "podinfo", "podinfo:1", errors: "0");
        Serve(sandbox, "podinfo", "podinfo");
        await MeshScene.UntilAsync(async () => await StatusAsync(sandbox, "podinfo") == HttpStatusCode.OK);

        await using var load = LoadGenerator.Start(new LoadOptions { Target = sandbox.MeshUrl, Host = "podinfo", Rate = 200, Arrival = Arrival.Poisson });
        foreach (var version in new[] { "2", "3", "4" })
        {
            var deployment = sandbox.Cluster.Get(Kinds.Deployments, "default", "podinfo") ?? [];
            deployment["spec"]!["template"]!["spec"]!["containers"]![0]!["image"] = $"podinfo:{version}";
            // The controllers write its status meanwhile.
            deployment["metadata"]!.AsObject().Remove("resourceVersion");
            sandbox.Cluster.Update(Kinds.Deployments, deployment);
            await MeshScene.UntilAsync(() => Task.FromResult(
                load.Read().Versions.GetValueOrDefault(version)?.Ok > 100 && sandbox.Cluster.List(Kinds.Pods, "default").Count == 1));
        }
        var report = load.Read();
        report.Failures.Should().BeEmpty();
        report.Versions.Keys.Should().BeEquivalentTo("1", "2", "3", "4");
    }

    [Fact]
    public async Task Definitions_given_are_served_and_the_kubeconfig_leads_to_the_API()
    {
        var file = Path.GetTempFileName();
        try
        {
            var definition = JsonNode.Parse(
                """
                {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"toys.example.com"},
                 "spec":{"group":"example.com","scope":"Namespaced","names":{"plural":"toys","singular":"toy","kind":"Toy","listKind":"ToyList"},
                  "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object"}}}]}}
                """) as JsonObject ?? [];
            await using var sandbox = await Sandbox.StartAsync(
                new SandboxOptions { KubeconfigPath = file, CustomResourceDefinitions = [definition] }, CancellationToken.None);

            var kubeconfig = JsonNode.Parse(await File.ReadAllTextAsync(file));
            var server = new Uri((string?)kubeconfig?["clusters"]?[0]?["cluster"]?["server"] ?? "");
            server.Should().Be(sandbox.ApiUrl);
            foreach (var path in new[] { "/apis/example.com/v1/toys", "/apis/networking.istio.io/v1beta1/virtualservices", "/apis/networking.istio.io/v1/destinationrules" })
                ((string?)(await Client.GetFromJsonAsync<JsonObject>(new Uri(server, path)))?["kind"]).Should().EndWith("List");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_VirtualService_written_in_version_v1_routes_too()
    {
        await using var sandbox = await Sandbox.StartAsync(new SandboxOptions { ReadyAfter = TimeSpan.Zero }, CancellationToken.None);
        Deploy(sandbox, "podinfo", "podinfo:7", errors: "0");
        Serve(sandbox, "podinfo", "podinfo");
        var route = MeshObject.VirtualService("""[{"route":[{"destination":{"host":"podinfo"}}]}]""", "\"app.example.com\"");
        (route["metadata"]!["namespace"], route["apiVersion"], route["kind"]) = ("default", "networking.istio.io/v1", "VirtualService");
        using var answer = await Client.PostAsJsonAsync(new Uri(sandbox.ApiUrl, "/apis/networking.istio.io/v1/namespaces/default/virtualservices"), route);
        answer.StatusCode.Should().Be(HttpStatusCode.Created);
        await MeshScene.UntilAsync(async () => await StatusAsync(sandbox, "app.example.com") == HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_sandbox_that_cannot_start_leaves_no_port_open()
    {
        await using var other = await Sandbox.StartAsync(new SandboxOptions(), CancellationToken.None);
        using var free = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var apiPort = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();

        var taken = new SandboxOptions { ApiPort = apiPort, MeshPort = other.MeshUrl.Port };
        await taken.Invoking(options => Sandbox.StartAsync(options, CancellationToken.None)).Should().ThrowAsync<IOException>();
        await using var again = await Sandbox.StartAsync(new SandboxOptions { ApiPort = apiPort }, CancellationToken.None);
        again.ApiUrl.Port.Should().Be(apiPort);
    }

    private static void Deploy(Sandbox sandbox, string name, string image, string errors) => sandbox.Cluster.Create(Kinds.Deployments, MeshObject.Parse(
        $$$$"""
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"{{{{name}}}}","namespace":"default"},
         "spec":{"replicas":1,"selector":{"matchLabels":{"app":"{{{{name}}}}"}},"template":{
           "metadata":{"labels":{"app":"{{{{name}}}}"}},
           "spec":{"containers":[{"name":"app","image":"{{{{image}}}}","ports":[{"name":"http","containerPort":9898}],
             "env":[{"name":"FAKE_APP_ERROR_RATE","value":"{{{{errors}}}}"}]}]} } } }
        """));

    private static void Serve(Sandbox sandbox, string name, string app) => sandbox.Cluster.Create(Kinds.Services, MeshObject.Parse(
        $$$$"""
        {"apiVersion":"v1","kind":"Service","metadata":{"name":"{{{{name}}}}","namespace":"default"},
         "spec":{"selector":{"app":"{{{{app}}}}"},"ports":[{"name":"http","port":80,"targetPort":9898}]}}
        """));

    private static async Task<HttpStatusCode> StatusAsync(Sandbox sandbox, string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, sandbox.MeshUrl);
        request.Headers.Host = host;
        using var answer = await Client.SendAsync(request);
        return answer.StatusCode;
    }

    private static async Task<double> ValueAsync(QueryClient prometheus, string query)
    {
        var series = QueryClient.Series(await prometheus.InstantAsync(query, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()));
        return series.Count == 0 ? double.NaN : series.Values.Single().Single().Value;
    }
}
