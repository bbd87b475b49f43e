using System.Text.Json.Nodes;
using Rollouts.Cli.Tests.World;
using Rollouts.TestKit;

namespace Rollouts.Cli.Tests;

public sealed class SimulateTests
{
    [Fact]
    public async Task A_good_release_is_promoted_step_by_step()
    {
        var answer = await RunAsync(Canary());

        answer.Code.Should().Be(0, answer.Error);
        answer.Out.Should().Contain("90/10").And.Contain("60/40").And.Contain("\nPromoted after ");
        answer.Out.Should().NotContain("failed check");
    }

    [Theory]
    [InlineData("--canary-error-rate", "20%", "request-success-rate is")]
    [InlineData("--canary-latency", "20x", "request-duration is")]
    public async Task A_bad_release_is_rolled_back_and_says_why(string option, string value, string why)
    {
        var answer = await RunAsync(Canary(), option, value);

        answer.Code.Should().Be(4, answer.Error);
        answer.Out.Should().Contain(why).And.Contain("\nRolled back after ");
    }

    [Theory]
    [InlineData("\"promotion\": \"manual\",")]
    [InlineData("\"webhooks\": [{\"name\": \"ask\", \"type\": \"confirm-promotion\", \"url\": \"http://ask/\"}],", "--gate", "ask=no")]
    [InlineData("\"webhooks\": [{\"name\": \"ask\", \"type\": \"confirm-rollout\", \"url\": \"http://ask/\"}],", "--gate", "ask=no")]
    public async Task It_ends_where_a_person_is_waited_for_unless_one_approves(string analysis, params string[] options)
    {
        (await RunAsync(Canary(analysis), options)).Code.Should().Be(2);
        (await RunAsync(Canary(analysis), [.. options, "--approve"])).Code.Should().Be(0);
    }

    [Fact]
    public async Task A_webhook_says_yes_unless_it_is_told_otherwise_and_one_of_type_rollback_no()
    {
        var hooks = Canary("\"webhooks\": [{\"name\": \"load\", \"url\": \"http://load/\"}, {\"name\": \"back\", \"type\": \"rollback\", \"url\": \"http://back/\"}],");

        (await RunAsync(hooks)).Code.Should().Be(0);
        (await RunAsync(hooks, "--gate", "load=no")).Code.Should().Be(4);
        (await RunAsync(hooks, "--gate", "back=yes")).Code.Should().Be(4);
    }

    [Theory]
    [InlineData("2026-11-30T08:30:00Z", 2)]
    [InlineData("2026-11-30T10:00:00Z", 0)]
    public async Task A_release_window_is_waited_for(string start, int waits)
    {
        var answer = await RunAsync(Canary(spec: "\"schedule\": {\"windows\": [\"* 9-17 * * *\"]},"), "--start", start, "-o", "json");

        answer.Code.Should().Be(0, answer.Error);
        JsonNode.Parse(answer.Out)!["timeline"]!.AsArray().Count(moment => moment!["phase"]!.GetValue<string>() == "Waiting").Should().Be(waits / 2);
        (JsonNode.Parse(answer.Out)!["seconds"]!.GetValue<double>() > 1800).Should().Be(waits > 0);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_output_and_another_one_other_users()
    {
        string[] options = ["--canary-error-rate", "2%", "--seed"];
        var first = await RunAsync(Canary(), [.. options, "3"]);

        (await RunAsync(Canary(), [.. options, "3"])).Out.Should().Be(first.Out);
        (await RunAsync(Canary(), [.. options, "4"])).Out.Should().NotBe(first.Out);
    }

    [Fact]
    public async Task A_Canary_with_errors_is_refused_with_what_lint_says()
    {
        var answer = await RunAsync(Canary("\"stepWeigth\": 3,"));

        answer.Code.Should().Be(1);
        answer.Error.Should().Contain("spec.analysis.stepWeigth");
        answer.Out.Should().BeEmpty();
    }

    [Theory]
    [InlineData("--gate", "nobody=no", "nobody")]
    [InlineData("--canary-error-rate", "many", "many")]
    [InlineData("--rps", "-1", "-1")]
    public async Task A_command_line_that_is_not_understood_is_refused(string option, string value, string named)
    {
        var answer = await RunAsync(Canary(), option, value);

        (answer.Code, answer.Out).Should().Be((1, ""));
        answer.Error.Should().Contain(named);
    }

    [Theory]
    [InlineData("daemonset")]
    [InlineData("service-target")]
    [InlineData("hpa")]
    [InlineData("config-tracking")]
    public async Task A_target_of_another_kind_is_released_too(string sample)
    {
        var answer = await Shell.RunAsync(["simulate", "-f", Path.Combine(Repository.Root, "samples", sample, "canary.yaml")]);

        answer.Code.Should().Be(0, answer.Out);
        answer.Out.Should().Contain("New revision").And.Contain("80/20").And.Contain("40/60").And.Contain("was promoted").And.NotContain("takes the place");
    }

    [Fact]
    public async Task Two_Canaries_at_once_are_not_simulated() =>
        (await RunAsync(Canary() + "\n---\n" + Canary().Replace("podinfo", "other"))).Should().Match<Answer>(answer => answer.Code == 1 && answer.Error.Contains("there are 2"));

    [Fact]
    public async Task The_sample_in_the_README_is_what_it_prints()
    {
        var file = Path.Combine(Repository.Root, "samples/istio-canary/canary.yaml");
        var answer = await Shell.RunAsync(["simulate", "-f", file, "--canary-error-rate", "5%", "--canary-latency", "2x"]);

        answer.Code.Should().Be(4);
        File.ReadAllText(Path.Combine(Repository.Root, "README.md")).Should().Contain(answer.Out);
    }

    private static Task<Answer> RunAsync(string canary, params string[] options) => Shell.RunAsync(["simulate", "-f", "-", .. options], canary);

    private static string Canary(string analysis = "", string spec = "") => $$"""
        {
          "apiVersion": "rollouts.dev/v1beta1", "kind": "Canary", "metadata": {"name": "podinfo", "namespace": "shop"},
          "spec": {
            "provider": "istio", "targetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "podinfo"}, "service": {"port": 80}, {{spec}}
            "analysis": {
              "interval": "10s", "threshold": 2, "stepWeights": [10, 40], "maxHold": "1m", {{analysis}}
              "metrics": [
                {"name": "request-success-rate", "thresholdRange": {"min": 98}, "interval": "10s"},
                {"name": "request-duration", "thresholdRange": {"max": 500}, "interval": "10s"}
              ]
            }
          }
        }
        """;
}
