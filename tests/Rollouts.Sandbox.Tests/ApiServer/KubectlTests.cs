using System.Diagnostics;
using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.Workloads;
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
        string folder = Directory.CreateTempSubdirectory("kubectl").FullName;
        try
        {
            string config = Path.Combine(folder, "kubeconfig"), manifest = Path.Combine(folder, "web.yaml");
            Kubeconfig.Write(config, server.Url);
            await File.WriteAllTextAsync(manifest, Manifest);
            Task<string> Kubectl(params string[] arguments) => RunAsync(folder, config, arguments);

            (await Kubectl("apply", "-f", manifest)).Should().Contain("deployment.apps/web created").And.Contain("service/web created");
            (await Kubectl("rollout", "status", "deployment/web", "--timeout=30s")).Should().Contain("successfully rolled out");
            (await Kubectl("apply", "-f", manifest)).Should().Contain("deployment.apps/web unchanged").And.Contain("service/web unchanged");
            (await Kubectl("get", "deployments")).Should().MatchRegex(@"web\s+2/2\s+2\s+2");
            (await Kubectl("get", "all", "-o", "wide")).Should().Contain("replicaset.apps/web-").And.Contain("fake-node-0");
            await Kubectl("set", "image", "deployment/web", "app=example.test/app:2");
            (await Kubectl("rollout", "status", "deployment/web", "--timeout=30s")).Should().Contain("successfully rolled out");
            (await Kubectl("rollout", "history", "deployment/web")).Should().MatchRegex(@"(?m)^2\s");
            (await Kubectl("scale", "deployment/web", "--replicas=3")).Should().Contain("scaled");
            (await Kubectl("rollout", "status", "deployment/web", "--timeout=30s")).Should().Contain("successfully rolled out");
            (await Kubectl("get", "deployment", "web", "-o", "jsonpath={.status.readyReplicas}")).Should().Be("3");
            await Kubectl("annotate", "deployment/web", "example.test/a=b");
            await Kubectl("label", "deployment/web", "tier=front");
            await Kubectl("patch", "deployment/web", "-p", """{"spec":{"minReadySeconds":1}}""");
            (await Kubectl("get", "deployment", "web", "-o", "jsonpath={.metadata.annotations['example\\.test/a']} {.metadata.labels.tier} {.spec.minReadySeconds}"))
                .Should().Be("b front 1");
            (await Kubectl("apply", "--server-side", "--force-conflicts", "-f", manifest)).Should().Contain("serverside-applied");
            (await Kubectl("describe", "deployment", "web")).Should().Contain("ScalingReplicaSet");
            (await Kubectl("delete", "-f", manifest)).Should().Contain("deployment.apps \"web\" deleted");
            await Kubectl("wait", "--for=delete", "pods", "-l", "app=web", "--timeout=30s");
            server.Cluster.List(Kinds.Pods, "default").Should().BeEmpty();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Kubectl_creates_what_it_sends_in_protobuf()
    {
        await using KubeApiServer server = await KubeApiServer.StartAsync(new ApiServerOptions());
        string folder = Directory.CreateTempSubdirectory("kubectl").FullName;
        try
        {
            string config = Path.Combine(folder, "kubeconfig");
            Kubeconfig.Write(config, server.Url);
            Task<string> Kubectl(params string[] arguments) => RunAsync(folder, config, arguments);

            await Kubectl("create", "namespace", "shop");
            await Kubectl("create", "configmap", "settings", "-n", "shop", "--from-literal=colour=blue");
            await Kubectl("create", "secret", "generic", "keys", "-n", "shop", "--from-literal=key=secret");
            await Kubectl("create", "deployment", "web", "-n", "shop", "--image=example.test/app:1", "--replicas=3", "--port=8080");

            server.Cluster.Get(Kinds.ConfigMaps, "shop", "settings")!["data"]!["colour"]!.ToString().Should().Be("blue");
            server.Cluster.Get(Kinds.Secrets, "shop", "keys")!["data"]!["key"]!.ToString().Should().Be("c2VjcmV0");
            JsonNode spec = server.Cluster.Get(Kinds.Deployments, "shop", "web")!["spec"]!;
            ((int)spec["replicas"]!).Should().Be(3);
            ((int)spec["template"]!["spec"]!["containers"]![0]!["ports"]![0]!["containerPort"]!).Should().Be(8080);
            (await Kubectl("auth", "can-i", "create", "pods")).Trim().Should().Be("yes");
            // A quota is not among what is read in protobuf: it is refused, not stored without what it says. An old kubectl sends JSON.
            string quota = await RunAsync(folder, config, ["create", "quota", "little", "-n", "shop", "--hard=pods=1"], succeeds: null);
            if (server.Cluster.List(Kinds.ResourceQuotas).SingleOrDefault() is { } stored)
                stored["spec"]!["hard"]!["pods"]!.ToString().Should().Be("1");
            else
                quota.Should().Contain("send it as application/json");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Kubectl_is_told_what_is_wrong_with_a_manifest()
    {
        await using KubeApiServer server = await KubeApiServer.StartAsync(new ApiServerOptions());
        string folder = Directory.CreateTempSubdirectory("kubectl").FullName;
        try
        {
            string config = Path.Combine(folder, "kubeconfig"), manifest = Path.Combine(folder, "web.yaml");
            Kubeconfig.Write(config, server.Url);
            await File.WriteAllTextAsync(manifest, Manifest.Replace("replicas: 2", "replicaz: 2", StringComparison.Ordinal));

            // Refused by a kubectl that asks for strictness (1.25 and later), and a warning to an older one.
            (await RunAsync(folder, config, ["apply", "-f", manifest], succeeds: null)).Should().Contain("unknown field \"spec.replicaz\"");
            (await RunAsync(folder, config, ["get", "deployment", "other"], succeeds: false)).Should().Contain("deployments.apps \"other\" not found");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<string> RunAsync(string folder, string config, string[] arguments, bool? succeeds = true)
    {
        using var kubectl = new Process
        {
            StartInfo = new ProcessStartInfo("kubectl", arguments) { RedirectStandardOutput = true, RedirectStandardError = true },
        };
        kubectl.StartInfo.Environment["KUBECONFIG"] = config;
        kubectl.StartInfo.Environment["HOME"] = folder;
        kubectl.Start();
        Task<string> said = kubectl.StandardOutput.ReadToEndAsync(), complained = kubectl.StandardError.ReadToEndAsync();
        await Task.WhenAll(said, complained).WaitAsync(TimeSpan.FromMinutes(1));
        await kubectl.WaitForExitAsync();
        string all = await said + await complained;
        output.WriteLine($"$ kubectl {string.Join(' ', arguments)}\n{all}");
        if (succeeds is { } wished)
            (kubectl.ExitCode == 0).Should().Be(wished, $"kubectl {string.Join(' ', arguments)} said: {all}");
        return all;
    }
}
