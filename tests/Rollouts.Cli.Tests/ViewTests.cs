using System.Text.Json.Nodes;
using Rollouts.Cli.Tests.World;
using Rollouts.Cli.Viewing;
using Rollouts.Model.Status;
using Rollouts.TestKit;
using Spectre.Console.Testing;

namespace Rollouts.Cli.Tests;

public sealed class ViewTests
{
    [Fact]
    public async Task The_table_has_the_columns_of_kubectl_and_wide_has_more()
    {
        await using var world = await CliWorld.StartAsync();
        await world.ApplyAsync();
        world.SetStatus(Statuses.Progressing);

        Lines((await world.RunAsync("get", "canaries")).Out).Should().Equal(
            "NAME      PHASE         WEIGHT   STEP   FAILED   MESSAGE",
            $"podinfo   Progressing   30       2/3    1        {Statuses.Progressing.Message}");
        Lines((await world.RunAsync("get", "cn", "podinfo", "-n", "default")).Out).Should().HaveCount(2);
        var wide = Lines((await world.RunAsync("get", "canaries", "-A", "-o", "wide")).Out);
        wide[0].Should().MatchRegex("^NAMESPACE +NAME +PHASE +WEIGHT +STEP +FAILED +INTERVAL +PROVIDER +REVISION +AGE +MESSAGE$");
        wide[1].Should().MatchRegex("^default +podinfo +Progressing +30 +2/3 +1 +4s +istio +bbbbbbbbbb +[0-9]+s +request-success-rate");
    }

    [Fact]
    public async Task A_Canary_that_no_controller_has_seen_is_shown_as_that()
    {
        await using var world = await CliWorld.StartAsync();
        (await world.RunAsync("get", "canaries")).Should().Match<Answer>(answer => answer.Code == 0 && answer.Out == "" && answer.Error.Contains("no Canaries in namespace default"));
        await world.ApplyAsync();
        (await world.RunAsync("get", "canaries")).Out.Should().Contain("no controller has looked at it yet");
        (await world.RunAsync("describe", "canary", "podinfo")).Out.Should().Contain("is one running?");
    }

    [Fact]
    public async Task Json_and_yaml_are_the_objects_themselves()
    {
        await using var world = await CliWorld.StartAsync();
        await world.ApplyAsync();
        var one = JsonNode.Parse((await world.RunAsync("get", "canaries", "podinfo", "-o", "json")).Out);
        ((string?)one?["kind"]).Should().Be("Canary");
        one?["metadata"]?["managedFields"].Should().BeNull();
        var list = JsonNode.Parse((await world.RunAsync("get", "canaries", "-o", "json")).Out);
        ((string?)list?["items"]?[0]?["metadata"]?["name"]).Should().Be("podinfo");
        (await world.RunAsync("get", "canaries", "podinfo", "-o", "yaml")).Out.Should().StartWith("apiVersion: rollouts.dev/v1beta1\n");
        (await world.RunAsync("get", "canaries", "backend")).Should().Match<Answer>(answer => answer.Code == 1 && answer.Error.Contains("no Canary backend"));
    }

    [Fact]
    public async Task A_watch_has_a_row_for_each_change_and_ends_with_the_command()
    {
        await using var world = await CliWorld.StartAsync();
        await world.ApplyAsync();
        using var end = new CancellationTokenSource();
        using var output = new TestConsole();
        using var error = new TestConsole();
        var terminal = new Terminal(output, error, TimeProvider.System, "alice");
        var watching = CommandLine.RunAsync(["get", "canaries", "-w", "--kubeconfig", world.Kubeconfig], terminal, end.Token);
        await UntilAsync(() => output.Output.Contains("no controller has looked", StringComparison.Ordinal));
        world.SetStatus(Statuses.Progressing);
        await UntilAsync(() => output.Output.Contains("Progressing", StringComparison.Ordinal));
        await end.CancelAsync();
        (await watching).Should().Be(0);
        Lines(output.Output).Should().HaveCount(3);
    }

    [Fact]
    public async Task The_page_of_a_run_says_what_goes_on_and_what_can_be_done()
    {
        await using var world = await CliWorld.StartAsync();
        await world.ApplyAsync();
        world.SetStatus(Statuses.Progressing);
        Golden.Holds("tests/Rollouts.Cli.Tests/golden/pages/progressing.txt", Page(world.Canary(), Statuses.Then.AddSeconds(90)));
    }

    [Fact]
    public async Task The_page_of_a_paused_and_held_run_says_who_and_why()
    {
        await using var world = await CliWorld.StartAsync();
        await world.ApplyAsync();
        var at = Statuses.Then.AddSeconds(85);
        world.SetStatus(Statuses.Progressing with
        {
            Run = Statuses.Progressing.Run! with
            {
                Paused = new Pause(at, "rollouts-cli", "alice: let me look"),
                Holds = new Hold(at, "no data over 1m"),
                Controls = [new HandRecord("pause", "rollouts-cli", "alice: let me look", at)],
            },
        });
        var page = Page(world.Canary(), Statuses.Then.AddSeconds(90));
        page.Should().Contain("for 5s, by rollouts-cli: alice: let me look").And.Contain("for 5s: no data over 1m");
        page.Should().MatchRegex("By hand in run 2\n  DONE +AGO +BY +WHY\n  pause +5s +rollouts-cli +alice: let me look\n");
        page.Should().Contain("rollouts resume podinfo").And.NotContain("rollouts pause podinfo");
    }

    [Fact]
    public async Task The_page_of_a_failed_run_offers_a_retry_and_a_fix_and_no_more()
    {
        await using var world = await CliWorld.StartAsync();
        await world.ApplyAsync();
        world.SetStatus(Statuses.Progressing with { Phase = Phase.Failed });
        Page(world.Canary(), Statuses.Then).Should().Contain("rollouts retry podinfo").And.Contain("push a fix").And.NotContain("rollouts abort");
    }

    [Fact]
    public async Task The_page_of_a_broken_spec_lists_every_error_with_its_field()
    {
        await using var world = await CliWorld.StartAsync();
        await world.ApplyAsync();
        var canary = world.Canary();
        canary["spec"]!["analysis"]!["iterations"] = 5;
        canary["spec"]!["provider"] = "linkerd";
        var page = Page(canary, Statuses.Then);
        page.Should().Contain("spec.analysis").And.Contain("spec.provider");
        page.Should().NotContain("What can be done");
    }

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(119, "119s")]
    [InlineData(120, "2m")]
    [InlineData(150, "2m30s")]
    [InlineData(3600, "60m")]
    [InlineData(4 * 3600 + 60, "4h1m")]
    [InlineData(100_000, "27h")]
    [InlineData(3 * 86400 + 7200, "3d2h")]
    [InlineData(40 * 86400, "40d")]
    public void Ages_read_as_those_of_kubectl(int seconds, string text) => Ago.Of(TimeSpan.FromSeconds(seconds)).Should().Be(text);

    [Fact]
    public async Task A_Canary_is_named_with_its_kind_and_without()
    {
        await using var world = await CliWorld.StartAsync();
        await world.ApplyAsync();
        foreach (var name in new[] { "podinfo", "canary/podinfo", "canary podinfo", "cn podinfo" })
        {
            (await world.RunAsync(["describe", .. name.Split(' ')])).Should().Match<Answer>(answer => answer.Code == 0 && answer.Out.StartsWith("Canary podinfo in namespace"), name);
            Lines((await world.RunAsync(["get", .. name.Split(' ')])).Out).Should().HaveCount(2, name);
        }
        foreach (var all in new[] { "get", "get canaries", "get cn -A" })
            Lines((await world.RunAsync(all.Split(' '))).Out).Should().HaveCount(2, all);
        (await world.RunAsync("history", "canary/podinfo")).Code.Should().Be(0);
        (await world.RunAsync("get", "canary/canary")).Error.Should().Contain("no Canary canary in namespace");
    }

    private static string Page(JsonObject canary, DateTimeOffset now)
    {
        using var console = new TestConsole().Width(1000);
        new CanaryPage(console, canary, now).Write();
        return console.Output;
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static async Task UntilAsync(Func<bool> wish)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!wish())
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
    }
}
