using System.Text.Json.Nodes;
using Rollouts.Cli.Tests.World;

namespace Rollouts.Cli.Tests;

/// <summary>With the machine to itself: the demo measures the latency of real requests, and another test's work beside it would count as slow answers.</summary>
[CollectionDefinition(nameof(DemoTests), DisableParallelization = true)]
[Collection(nameof(DemoTests))]
public sealed class DemoTests
{
    [Fact]
    public async Task The_demo_plays_four_acts_and_users_notice_only_the_bad_ones()
    {
        var file = Path.GetTempFileName();
        var begun = TimeProvider.System.GetTimestamp();
        var answer = await Shell.RunAsync(["demo", "--json", file]);

        answer.Error.Should().BeEmpty();
        answer.Code.Should().Be(0, answer.Out);
        TimeProvider.System.GetElapsedTime(begun).Should().BeLessThan(TimeSpan.FromSeconds(90));
        answer.Out.Should().Contain("export KUBECONFIG=").And.Contain("All 4 acts ended as they should");
        answer.Out.Should().MatchRegex("act a: Succeeded after .* s, as it should; [0-9]+ requests, 0 failed");

        var report = JsonNode.Parse(await File.ReadAllTextAsync(file));
        File.Delete(file);
        ((bool?)report?["ok"]).Should().BeTrue();
        var acts = report!["acts"]!.AsArray();
        acts.Select(act => (string?)act?["outcome"]).Should().Equal("Succeeded", "Failed", "Failed", "Succeeded");
        acts.Select(act => (string?)act?["outcome"]).Should().Equal(acts.Select(act => (string?)act?["expected"]));

        Failed(acts[0]).Should().Be(0);
        Failed(acts[1]).Should().BePositive("somebody was shown the release that fails");
        Failed(acts[3]).Should().Be(0);
        foreach (var act in acts)
        {
            ((long?)act?["requests"]?["sent"]).Should().BeGreaterThan(100);
            Splits(act)[^1].Should().Be(0, "all traffic ends on the primary");
            Splits(act)[..^1].Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
        }
        Splits(acts[0]).Should().Equal(0, 10, 30, 60, 0);
        Phases(acts[0]).Should().Equal("Progressing", "Promoting", "Finalising", "Succeeded");
        Phases(acts[1]).Should().Equal("Progressing", "Failed");
        Phases(acts[3]).Should().Equal("Progressing", "WaitingPromotion", "Promoting", "Finalising", "Succeeded");
        Culprits(acts[1]).Should().Equal("request-success-rate");
        Culprits(acts[2]).Should().Equal("request-duration");
    }

    [Fact]
    public async Task An_act_that_ends_otherwise_than_it_should_is_named_and_fails_the_demo()
    {
        var file = Path.GetTempFileName();
        var answer = await Shell.RunAsync(["demo", "--error-rate", "0", "--json", file]);

        answer.Code.Should().Be(1);
        answer.Error.Should().Contain("act b: Succeeded").And.Contain("should have ended in Failed");
        var report = JsonNode.Parse(await File.ReadAllTextAsync(file));
        File.Delete(file);
        ((bool?)report?["ok"]).Should().BeFalse();
        report!["acts"]!.AsArray().Select(act => (bool?)act?["ok"]).Should().Equal(true, false);
    }

    [Fact]
    public async Task Ctrl_C_ends_it_at_once_and_leaves_nothing()
    {
        await using var demo = RolloutsProcess.Start("demo");
        await demo.ValueAsync("Prometheus");
        (await demo.StopAsync("INT")).Should().Be(130);
    }

    private static long Failed(JsonNode? act) => (long)act!["requests"]!["failed"]!;

    private static int[] Splits(JsonNode? act) => [.. act!["splits"]!.AsArray().Select(split => (int)split!["candidate"]!)];

    private static string?[] Phases(JsonNode? act) => [.. act!["phases"]!.AsArray().Select(phase => (string?)phase!["phase"])];

    private static string?[] Culprits(JsonNode? act) =>
        [.. act!["verdicts"]!.AsArray().Where(verdict => (string?)verdict!["verdict"] == "FAIL").Select(verdict => (string?)verdict!["check"]).Distinct()];
}
