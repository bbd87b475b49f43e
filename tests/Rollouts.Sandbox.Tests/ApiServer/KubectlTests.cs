using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.Workloads;
using Rollouts.Sandbox.Workloads.Autoscaling;
using Xunit.Abstractions;

namespace Rollouts.Sandbox.Tests.ApiServer;

/// <summary>The real kubectl, as it is installed.</summary>
public sealed class KubectlTests(ITestOutputHelper output)
{
    private const string Manifest = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, labels: {app: web}}
        spec:
          replicas: 2
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              containers:
              - {name: app, image: "example.test/app:1", ports: [{containerPort: 8080}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
        """;

    [Fact]
    public async Task Kubectl_applies_rolls_out_changes_and_deletes_a_deployment()
    {
        await using KubeApiServer server = await KubeApiServer.StartAsync(new ApiServerOptions());
        await using WorkloadControllers controllers =
            WorkloadControllers.Start(server.Cluster, new WorkloadOptions { ReadyAfter = TimeSpan.FromMilliseconds(100) });
        using var kubectl = new Kubectl(server.Url, output);
        string manifest = kubectl.Place("web.yaml");
        await File.WriteAllTextAsync(manifest, Manifest);

        (await kubectl.RunAsync("apply", "-f", manifest)).Should().Contain("deployment.apps/web created").And.Contain("service/web created");
        (await kubectl.RunAsync("rollout", "status", "deployment/web", "--timeout=30s")).Should().Contain("successfully rolled out");
        (await kubectl.RunAsync("apply", "-f", manifest)).Should().Contain("deployment.apps/web unchanged").And.Contain("service/web unchanged");
        (await kubectl.RunAsync("get", "deployments")).Should().MatchRegex(@"web\s+2/2\s+2\s+2");
        (await kubectl.RunAsync("get", "all", "-o", "wide")).Should().Contain("replicaset.apps/web-").And.Contain("fake-node-0");
        await kubectl.RunAsync("set", "image", "deployment/web", "app=example.test/app:2");
        (await kubectl.RunAsync("rollout", "status", "deployment/web", "--timeout=30s")).Should().Contain("successfully rolled out");
        (await kubectl.RunAsync("rollout", "history", "deployment/web")).Should().MatchRegex(@"(?m)^2\s");
        (await kubectl.RunAsync("scale", "deployment/web", "--replicas=3")).Should().Contain("scaled");
        (await kubectl.RunAsync("rollout", "status", "deployment/web", "--timeout=30s")).Should().Contain("successfully rolled out");
        (await kubectl.RunAsync("get", "deployment", "web", "-o", "jsonpath={.status.readyReplicas}")).Should().Be("3");
        await kubectl.RunAsync("annotate", "deployment/web", "example.test/a=b");
        await kubectl.RunAsync("label", "deployment/web", "tier=front");
        await kubectl.RunAsync("patch", "deployment/web", "-p", """{"spec":{"minReadySeconds":1}}""");
        (await kubectl.RunAsync("get", "deployment", "web", "-o", "jsonpath={.metadata.annotations['example\\.test/a']} {.metadata.labels.tier} {.spec.minReadySeconds}"))
            .Should().Be("b front 1");
        (await kubectl.RunAsync("apply", "--server-side", "--force-conflicts", "-f", manifest)).Should().Contain("serverside-applied");
        (await kubectl.RunAsync("describe", "deployment", "web")).Should().Contain("ScalingReplicaSet");
        (await kubectl.RunAsync("delete", "-f", manifest)).Should().Contain("deployment.apps \"web\" deleted");
        await kubectl.RunAsync("wait", "--for=delete", "pods", "-l", "app=web", "--timeout=30s");
        server.Cluster.List(Kinds.Pods, "default").Should().BeEmpty();
    }

    [Fact]
    public async Task Kubectl_creates_what_it_sends_in_protobuf()
    {
        await using KubeApiServer server = await KubeApiServer.StartAsync(new ApiServerOptions());
        using var kubectl = new Kubectl(server.Url, output);
        await kubectl.RunAsync("create", "namespace", "shop");
        await kubectl.RunAsync("create", "configmap", "settings", "-n", "shop", "--from-literal=colour=blue");
        await kubectl.RunAsync("create", "secret", "generic", "keys", "-n", "shop", "--from-literal=key=secret");
        await kubectl.RunAsync("create", "deployment", "web", "-n", "shop", "--image=example.test/app:1", "--replicas=3", "--port=8080");

        server.Cluster.Get(Kinds.ConfigMaps, "shop", "settings")!["data"]!["colour"]!.ToString().Should().Be("blue");
        server.Cluster.Get(Kinds.Secrets, "shop", "keys")!["data"]!["key"]!.ToString().Should().Be("c2VjcmV0");
        JsonNode spec = server.Cluster.Get(Kinds.Deployments, "shop", "web")!["spec"]!;
        ((int)spec["replicas"]!).Should().Be(3);
        ((int)spec["template"]!["spec"]!["containers"]![0]!["ports"]![0]!["containerPort"]!).Should().Be(8080);
        if ((await kubectl.RunAsync("create", "--help")).Contains("token", StringComparison.Ordinal))
            (await kubectl.RunAsync("create", "token", "default", "-n", "shop")).Trim().Should().Be("sandbox.shop.default");
        (await kubectl.RunAsync("auth", "can-i", "create", "pods")).Trim().Should().Be("yes");
        // A quota is not among what is read in protobuf: it is refused, not stored without what it says. An old kubectl sends JSON.
        string quota = await kubectl.AttemptAsync(null, "create", "quota", "little", "-n", "shop", "--hard=pods=1");
        if (server.Cluster.List(Kinds.ResourceQuotas).SingleOrDefault() is { } stored)
            stored["spec"]!["hard"]!["pods"]!.ToString().Should().Be("1");
        else
            quota.Should().Contain("send it as application/json");
    }

    [Fact]
    public async Task Bytes_that_are_no_text_survive_the_way_of_kubectl_create_and_back()
    {
        byte[] bytes = [.. Enumerable.Range(0, 256).Select(b => (byte)b)];
        await using KubeApiServer server = await KubeApiServer.StartAsync(new ApiServerOptions());
        using var kubectl = new Kubectl(server.Url, output);
        await File.WriteAllBytesAsync(kubectl.Place("blob"), bytes);
        await File.WriteAllTextAsync(kubectl.Place("text"), "grün\n");

        foreach (string[] kind in (string[][])[["configmap"], ["secret", "generic"]])
            await kubectl.RunAsync(
                ["create", .. kind, "files", $"--from-file={kubectl.Place("blob")}", $"--from-file=note={kubectl.Place("text")}", "--from-literal=none="]);

        async Task<JsonNode> Back(string kind) => JsonNode.Parse(await kubectl.RunAsync("get", kind, "files", "-o", "json"))!;
        JsonNode map = await Back("configmap"), secret = await Back("secret");
        Convert.FromBase64String((string)map["binaryData"]!["blob"]!).Should().Equal(bytes);
        map["data"]!.ToJsonString().Should().Be(new JsonObject { ["none"] = "", ["note"] = "grün\n" }.ToJsonString());
        Convert.FromBase64String((string)secret["data"]!["blob"]!).Should().Equal(bytes);
        Convert.FromBase64String((string)secret["data"]!["note"]!).Should().Equal("grün\n"u8.ToArray());
        ((string)secret["data"]!["none"]!).Should().BeEmpty();
        ((string)secret["type"]!).Should().Be("Opaque");
    }

    [Fact]
    public async Task Kubectl_shows_what_autoscalers_do()
    {
        await using KubeApiServer server = await KubeApiServer.StartAsync(new ApiServerOptions());
        server.Cluster.Create(Kinds.CustomResourceDefinitions, Keda.Definition);
        await using WorkloadControllers controllers =
            WorkloadControllers.Start(server.Cluster, new WorkloadOptions { ReadyAfter = TimeSpan.FromMilliseconds(100) });
        using var kubectl = new Kubectl(server.Url, output);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await kubectl.RunAsync("create", "deployment", "web", "--image=example.test/app:1");
        await kubectl.RunAsync("autoscale", "deployment", "web", "--min=2", "--max=5", "--cpu-percent=70");
        await foreach (ClusterEvent change in server.Cluster.WatchAsync(Kinds.HorizontalPodAutoscalers, patience.Token))
            if (change.Object["status"]?["currentReplicas"]?.GetValue<int>() == 2)
                break;
        (await kubectl.RunAsync("get", "hpa")).Should().MatchRegex(@"web\s+Deployment/web\s+<unknown>/70%\s+2\s+5\s+2\s");
        (await kubectl.RunAsync("describe", "hpa", "web")).Should().Contain("SuccessfulRescale");
        await kubectl.RunAsync("delete", "hpa", "web");

        string manifest = kubectl.Place("scaled.yaml");
        await File.WriteAllTextAsync(manifest, """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: web, annotations: {autoscaling.keda.sh/paused-replicas: "0"}}
            spec: {scaleTargetRef: {name: web}, triggers: []}
            """);
        await kubectl.RunAsync("apply", "-f", manifest);
        await kubectl.RunAsync("wait", "so/web", "--for=condition=Paused", "--timeout=60s");
        (await kubectl.RunAsync("get", "deployment", "web", "-o", "jsonpath={.spec.replicas}")).Should().Be("0");
        (await kubectl.RunAsync("get", "so")).Should().MatchRegex(@"web\s+apps/v1.Deployment\s+web\s+True\s+False\s+True\s");
    }

    [Fact]
    public async Task Kubectl_is_told_what_is_wrong_with_a_manifest()
    {
        await using KubeApiServer server = await KubeApiServer.StartAsync(new ApiServerOptions());
        using var kubectl = new Kubectl(server.Url, output);
        string manifest = kubectl.Place("web.yaml");
        await File.WriteAllTextAsync(manifest, Manifest.Replace("replicas: 2", "replicaz: 2", StringComparison.Ordinal));

        // Refused by a kubectl that asks for strictness (1.25 and later), and a warning to an older one.
        (await kubectl.AttemptAsync(null, "apply", "-f", manifest)).Should().Contain("unknown field \"spec.replicaz\"");
        (await kubectl.AttemptAsync(false, "get", "deployment", "other")).Should().Contain("deployments.apps \"other\" not found");
    }
}
