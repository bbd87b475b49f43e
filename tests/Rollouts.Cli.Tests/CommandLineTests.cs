using System.Text.Json.Nodes;
using Rollouts.Cli.Tests.World;

namespace Rollouts.Cli.Tests;

public sealed class CommandLineTests
{
    [Fact]
    public async Task The_version_is_told_to_people_and_to_scripts()
    {
        (await Shell.RunAsync(["version"])).Out.Should().MatchRegex(@"^rollouts \d+\.\d+\.\d+");
        var json = JsonNode.Parse((await Shell.RunAsync(["version", "-o", "json"])).Out);
        ((string?)json?["version"]).Should().MatchRegex(@"^\d+\.\d+\.\d+$");
        (await Shell.RunAsync(["version", "-o", "yaml"])).Out.Should().StartWith("version: ");
    }

    [Theory]
    [InlineData("sandbx", "sandbox")]
    [InlineData("controller --mesh-provider linkerd", "known are: istio")]
    [InlineData("controller --metrics-server prometheus:9090", "http or https URL")]
    [InlineData("controller --event-webhook receiver:9090", "--event-webhook takes an http or https URL")]
    [InlineData("controller --port 70000", "0 (any free one) to 65535")]
    [InlineData("controller --log-format xml", "xml")]
    [InlineData("sandbox --ready-after soon", "500ms, 2s or 1m30s")]
    [InlineData("sandbox --prometheus fake", "fake")]
    [InlineData("sandbox --load -1", "0 to 10000")]
    [InlineData("demo --rate 1", "from 20 to 2000")]
    [InlineData("demo --error-rate 101", "from 0 to 100")]
    [InlineData("get canaries podinfo -A", "take away -A")]
    [InlineData("get canaries -o xml", "table, wide, json, yaml")]
    [InlineData("version -o wide", "json, yaml")]
    [InlineData("promote", "NAME")]
    [InlineData("wait podinfo", "--for")]
    [InlineData("wait podinfo --for ready", "ready")]
    [InlineData("wait deployment/podinfo --for promoted", "canary/NAME")]
    [InlineData("wait canary/ --for promoted", "canary/NAME")]
    [InlineData("abort deployment/podinfo", "canary/NAME")]
    [InlineData("describe", "NAME")]
    [InlineData("describe canary", "names no Canary")]
    [InlineData("describe deployment podinfo", "names no Canary")]
    [InlineData("describe canary podinfo backend", "backend")]
    [InlineData("get deployment/podinfo", "names no Canary")]
    [InlineData("get deployments podinfo", "names no Canary")]
    [InlineData("get podinfo -A", "take away -A")]
    [InlineData("wait podinfo --for promoted --timeout 721h", "at most 720h")]
    [InlineData("lint", "--filename")]
    [InlineData("rollback podinfo", "--to")]
    [InlineData("abort podinfo --full", "--full")]
    public async Task A_command_line_that_is_not_understood_is_refused_with_what_would_be(string line, string says)
    {
        var answer = await Shell.RunAsync(line.Split(' '));
        answer.Code.Should().Be(1);
        (answer.Out + answer.Error).Should().Contain(says);
        answer.Error.Should().Contain("mend:").And.Contain("--help");
    }

    [Fact]
    public async Task The_event_webhook_may_come_from_the_environment_as_flaggers_does()
    {
        var answer = await Tool.RunAsync("env", "EVENT_WEBHOOK_URL=receiver:9090", "dotnet", typeof(CommandLine).Assembly.Location, "controller");
        answer.Code.Should().Be(1);
        answer.Error.Should().Contain("EVENT_WEBHOOK_URL is not an http or https URL").And.Contain("mend:");
    }

    [Fact]
    public async Task A_kubeconfig_that_is_not_there_is_named_with_the_mend()
    {
        var answer = await Shell.RunAsync(["get", "canaries", "--kubeconfig", "/not/there"]);
        answer.Code.Should().Be(1);
        answer.Out.Should().BeEmpty();
        answer.Error.Should().Contain("/not/there").And.Contain("mend:").And.Contain("KUBECONFIG");
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("{}", "server")]
    [InlineData("clusters: [", "YAML")]
    public async Task A_kubeconfig_that_is_none_is_named_with_the_mend(string content, string says)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, content);
            var answer = await Shell.RunAsync(["get", "canaries", "--kubeconfig", file]);
            answer.Code.Should().Be(1);
            answer.Error.Should().Contain("no usable kubeconfig").And.Contain(says).And.Contain("mend:");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_cluster_that_does_not_answer_is_named_with_the_mend()
    {
        var world = await CliWorld.StartAsync();
        var file = Path.GetTempFileName();
        try
        {
            File.Copy(world.Kubeconfig, file, overwrite: true);
            await world.DisposeAsync();
            var answer = await Shell.RunAsync(["get", "canaries", "--kubeconfig", file]);
            answer.Code.Should().Be(1);
            answer.Error.Should().Contain("does not answer").And.Contain("mend:");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_cluster_without_the_definition_is_told_how_to_get_it()
    {
        await using var world = await CliWorld.StartAsync(definitions: false);
        foreach (var command in new[] { "get canaries", "describe podinfo", "promote podinfo", "controller --port 0" })
        {
            var answer = await world.RunAsync(command.Split(' '));
            answer.Code.Should().Be(1, command);
            answer.Error.Should().Contain("kubectl apply -f crds/", command);
        }
    }

    [Fact]
    public async Task A_kubeconfig_of_another_cluster_is_never_overwritten()
    {
        var file = Path.GetTempFileName();
        try
        {
            const string precious = "apiVersion: v1\nkind: Config\ncurrent-context: production\n";
            await File.WriteAllTextAsync(file, precious);
            foreach (var command in new[] { "sandbox", "demo" })
            {
                var answer = await Shell.RunAsync([command, "--kubeconfig", file]);
                answer.Code.Should().Be(1);
                answer.Error.Should().Contain("would be overwritten");
                (await File.ReadAllTextAsync(file)).Should().Be(precious);
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_report_that_cannot_be_written_is_said_before_the_demo_begins()
    {
        var answer = await Shell.RunAsync(["demo", "--json", "/not/there/demo.json"]);
        answer.Code.Should().Be(1);
        answer.Error.Should().Contain("/not/there/demo.json");
        answer.Out.Should().BeEmpty();
    }

    [Fact]
    public async Task A_port_in_use_is_refused_with_the_mend()
    {
        await using var world = await CliWorld.StartAsync();
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port.ToString();
        foreach (var command in new[] { new[] { "sandbox", "--port", port }, ["controller", "--kubeconfig", world.Kubeconfig, "--port", port] })
        {
            var answer = await Shell.RunAsync(command);
            answer.Code.Should().Be(1);
            answer.Error.Should().Contain("mend:").And.Contain("0 for");
        }
    }
}
