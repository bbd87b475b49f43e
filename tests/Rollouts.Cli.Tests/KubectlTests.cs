using System.Diagnostics;
using Rollouts.Cli.Tests.World;
using Rollouts.Model;
using Rollouts.TestKit;

namespace Rollouts.Cli.Tests;

/// <summary>A release end to end: `rollouts sandbox` and `rollouts controller` as two processes, driven with the real kubectl only.</summary>
public sealed class KubectlTests
{
    private const string Image = "set image deployment/podinfo podinfod=ghcr.io/stefanprodan/podinfo:";

    public static TheoryData<string> SampleFolders =>
        [.. Directory.GetDirectories(Path.Combine(Repository.Root, "samples")).Select(folder => Path.GetFileName(folder))];

    [Theory]
    [MemberData(nameof(SampleFolders))]
    public async Task A_sample_applies_as_it_stands_and_has_no_error(string sample)
    {
        await using var world = await CliWorld.StartAsync();
        var answer = await Tool.KubectlAsync(world.Kubeconfig, $"apply --validate=true -f samples/{sample}");
        answer.Should().Match<Answer>(applied => applied.Code == 0 && applied.Error.Length == 0);
        if (File.Exists(Path.Combine(Repository.Root, "samples", sample, "canary.yaml")))
            Canary.Parse(world.Canary()).Should().Match<CanaryReading>(canary => canary.Errors.Count == 0 && canary.Warnings.Count == 0);
    }

    [Fact]
    public async Task Releases_are_applied_promoted_approved_aborted_and_handed_back_with_kubectl()
    {
        await using var sandbox = RolloutsProcess.Start("sandbox", "--load", "50");
        (await sandbox.ValueAsync("ready")).Should().Be("true");
        var kubeconfig = await sandbox.ValueAsync("kubeconfig");
        await using var controller = RolloutsProcess.Start(
            "controller", "--kubeconfig", kubeconfig, "--metrics-server", await sandbox.ValueAsync("prometheus"), "--port", "0", "--log-format", "json");
        var url = await controller.ValueAsync("url");

        await Run("apply -f samples/istio-canary");
        await Phase("Initialized");
        (await Get("deployment/podinfo", ".spec.replicas")).Should().Be("0");
        (await Get("deployment/podinfo-primary", ".status.readyReplicas")).Should().Be("2");
        using (var http = new HttpClient())
            (await http.GetStringAsync(new Uri($"{url}readyz"))).Should().Be("ok");

        // A good release.
        await Run(Image + "6.0.1");
        await Phase("Progressing");
        await Phase("Succeeded");
        (await Get("deployment/podinfo-primary", ".spec.template.spec.containers[0].image")).Should().EndWith(":6.0.1");
        (await Run("wait canary/podinfo --for=condition=Ready --timeout=10s")).Should().Contain("condition met");

        // A broken spec is refused with every field, and mended.
        await Run("""patch canary podinfo --type=merge -p {"spec":{"provider":"linkerd","service":{"backendTimeout":"5s"}}}""");
        await Run("wait canary/podinfo --for=condition=Ready=false --timeout=30s");
        var refusal = await Get("canary/podinfo", ".status.conditions[?(@.type==\"Ready\")]");
        refusal.Should().Contain("InvalidSpec").And.Contain("spec.provider").And.Contain("spec.service.backendTimeout");
        (await Run("describe canary podinfo")).Should().Contain("InvalidSpec");
        await Run("""patch canary podinfo --type=merge -p {"spec":{"provider":null,"service":{"backendTimeout":null}}}""");
        await Run("wait canary/podinfo --for=condition=Ready --timeout=30s");

        // A release that a person promotes; another one's approval does not count.
        await Run("apply -f samples/manual-promote/canary.yaml");
        await Run(Image + "6.0.2");
        await Phase("WaitingPromotion");
        var revision = await Get("canary/podinfo", ".status.run.revision");
        await Run("annotate canary podinfo rollouts.dev/promote=0000000000");
        await Run("annotate canary podinfo --overwrite rollouts.dev/pause=*");
        (await Get("canary/podinfo", ".status.phase")).Should().Be("WaitingPromotion");
        await Run($"annotate canary podinfo --overwrite rollouts.dev/promote={revision}");
        await Phase("Succeeded");
        (await Get("canary/podinfo", ".status.lastPromotedSpec")).Should().Be(revision);

        // A release that a person aborts.
        await Run(Image + "6.0.3");
        await Phase("Progressing");
        await Becomes("canary/podinfo", ".status.canaryWeight", "10");
        await Run("annotate canary podinfo rollouts.dev/abort=*");
        await Phase("Failed");
        (await Get("canary/podinfo", ".status.history[0].outcome")).Should().Be("Aborted");
        (await Get("canary/podinfo", ".status.history[0].by")).Should().StartWith("kubectl");
        (await Get("deployment/podinfo-primary", ".spec.template.spec.containers[0].image")).Should().EndWith(":6.0.2");

        // What people see.
        var table = (await Run("get canaries")).Split('\n');
        table[0].Should().MatchRegex("^NAME +PHASE +WEIGHT +STEP +FAILED +MESSAGE");
        table[1].Should().MatchRegex("^podinfo +Failed +0 +1/3 +0 +Revision [0-9a-f]{10} was aborted by kubectl");
        (await Run("get cn -o wide")).Should().MatchRegex("INTERVAL +PROVIDER +REVISION +AGE");
        (await Run("describe canary podinfo")).Should().MatchRegex("Warning +Aborted").And.MatchRegex("Normal +Promoted");
        (await Run("get all")).Should().Contain("canary.rollouts.dev/podinfo");

        // And with our own command, piped: nothing of a terminal, and no line broken.
        var page = await Tool.RunAsync("dotnet", typeof(CommandLine).Assembly.Location, "describe", "canary", "podinfo", "--kubeconfig", kubeconfig);
        page.Code.Should().Be(0, page.Error);
        page.Out.Should().StartWith("Canary podinfo in namespace default\n  Failed: Revision ").And.NotContain("\u001b");
        page.Out.Split('\n').Should().Contain(line => line.Contains("Aborted", StringComparison.Ordinal) && line.EndsWith("traffic is back on the primary.", StringComparison.Ordinal));

        // Deleting is no outage: the target has its replicas back, and nothing of ours is left.
        await Run("delete canary podinfo --timeout=60s");
        (await Get("deployment/podinfo", ".spec.replicas")).Should().Be("2");
        (await Run("get deployments -o name")).Trim().Should().Be("deployment.apps/podinfo");

        (await controller.StopAsync()).Should().Be(0, controller.Errors);
        (await Get("lease/rollouts-rollouts.dev", ".spec.holderIdentity")).Should().BeEmpty("it was given back");
        controller.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().OnlyContain(line => line.StartsWith('{') && line.EndsWith('}'));
        (await sandbox.StopAsync("INT")).Should().Be(0, sandbox.Errors);
        File.Exists(kubeconfig).Should().BeFalse("it went with the sandbox");

        Task Phase(string phase) => Becomes("canary/podinfo", ".status.phase", phase);

        // As `kubectl wait --for=jsonpath` does since 1.23: the kubectl that Debian has is older.
        async Task Becomes(string what, string path, string value)
        {
            var watch = Stopwatch.StartNew();
            string now;
            while ((now = await Get(what, path)) != value)
                watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(60), $"{what} should come to {path} {value}, and has {now}\n{controller.Errors}");
        }

        async Task<string> Get(string what, string path) => await Run($"get {what} -o jsonpath={{{path}}}");

        async Task<string> Run(string line)
        {
            var answer = await Tool.KubectlAsync(kubeconfig, line);
            answer.Code.Should().Be(0, $"kubectl {line}: {answer.Error}\n{controller.Errors}");
            return answer.Out;
        }
    }
}
