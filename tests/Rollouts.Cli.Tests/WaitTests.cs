using System.Text.Json.Nodes;
using Rollouts.Cli.Tests.World;
using Rollouts.Core.Revisions;
using Rollouts.Model.Status;
using Rollouts.Sandbox.ApiServer;
using Spectre.Console.Testing;

namespace Rollouts.Cli.Tests;

public sealed class WaitTests
{
    [Fact]
    public async Task A_pipeline_that_pushes_and_waits_at_once_learns_of_the_promotion_of_what_it_pushed()
    {
        await using var world = await CliWorld.WithControllerAsync();
        (await world.RunAsync("wait", "podinfo", "--for", "promoted")).Out.Should().StartWith("canary/podinfo promoted: podinfo-primary serves");

        var revision = world.Push("2");
        var waiting = world.RunAsync("wait", "canary/podinfo", "--for", "promoted");
        await world.UntilAsync(status => status is { Phase: Phase.Progressing, Run.Step: 1 });
        waiting.IsCompleted.Should().BeFalse();
        (await world.RunAsync("promote", "podinfo", "--full")).Code.Should().Be(0);

        var answer = await waiting;
        answer.Code.Should().Be(0, answer.Error);
        answer.Out.Should().Be($"canary/podinfo promoted: Revision {revision} of podinfo was promoted and serves all traffic.\n");
    }

    [Fact]
    public async Task Progress_is_told_once_for_each_change_and_beside_the_result()
    {
        await using var world = await CliWorld.StartAsync();
        await world.ApplyAsync();
        var revision = Live(world);
        await using var waiting = new Waiting(world);
        await waiting.ToldAsync("no controller has looked at it yet");
        foreach (var weight in new[] { 10, 30 })
        {
            var running = Statuses.Progressing with { Message = $"At {weight}.", Run = Statuses.Progressing.Run! with { Revision = revision } };
            world.SetStatus(running);
            await waiting.ToldAsync($"At {weight}.");
            world.SetStatus(running with { FailedChecks = weight });
        }
        world.SetStatus(Settled(revision));

        (await waiting.Code).Should().Be(0);
        waiting.Error.Should().Be(
            """
            Initializing: no controller has looked at it yet
            Progressing 2/3: At 10.
            Progressing 2/3: At 30.
            Succeeded: as before

            """);
        waiting.Out.Should().Be("canary/podinfo promoted: as before\n");
    }

    [Fact]
    public async Task A_run_that_a_person_holds_ends_the_wait_unless_pauses_are_waited_through()
    {
        await using var world = await CliWorld.WithControllerAsync();
        await world.ReleaseAsync("2");
        var forPause = world.RunAsync("wait", "podinfo", "--for", "paused");
        var forPromotion = world.RunAsync("wait", "podinfo", "--for", "promoted");
        var through = world.RunAsync("wait", "podinfo", "--for", "promoted", "--through-pauses", "-o", "json");
        (await world.RunAsync("pause", "podinfo", "-m", "let me look")).Code.Should().Be(0);

        (await forPause).Should().Match<Answer>(answer => answer.Code == 0 && answer.Out.StartsWith("canary/podinfo paused: Paused at 90/10 by rollouts-cli"));
        (await forPromotion).Should().Match<Answer>(answer => answer.Code == 2 && answer.Out.Contains("let me look"));
        through.IsCompleted.Should().BeFalse();

        (await world.RunAsync("abort", "podinfo")).Code.Should().Be(0);
        var aborted = await through;
        aborted.Code.Should().Be(4, aborted.Error);
        var json = JsonNode.Parse(aborted.Out)!;
        ((string?)json["result"], (int?)json["exitCode"], (string?)json["run"]).Should().Be(("rolled back", 4, "1"));
        ((string?)json["message"]).Should().Contain("was aborted by rollouts-cli");
        (await world.RunAsync("wait", "podinfo", "--for", "promoted")).Code.Should().Be(4, "the target still holds what failed");
    }

    [Fact]
    public async Task Without_a_controller_a_push_is_never_taken_for_promoted()
    {
        await using var world = await CliWorld.StartAsync();
        await world.ApplyAsync();
        world.SetStatus(Settled(Live(world)));
        (await world.RunAsync("wait", "podinfo", "--for", "promoted")).Code.Should().Be(0);

        world.Push("2");
        var answer = await world.RunAsync("wait", "podinfo", "--for", "promoted", "--timeout", "200ms");
        answer.Code.Should().Be(3);
        answer.Out.Should().Be("canary/podinfo timed out: after 200ms it is Succeeded: as before\n");
    }

    [Fact]
    public async Task A_canary_that_has_nothing_to_do_cannot_be_waited_for_to_pause()
    {
        await using var world = await CliWorld.StartAsync();
        await world.ApplyAsync();
        world.SetStatus(Settled(Live(world)));
        await Refused(world, "has no run that could pause", "podinfo", "--for", "paused");
    }

    [Fact]
    public async Task A_canary_that_is_not_acted_on_ends_the_wait_with_what_is_to_be_mended()
    {
        await using var world = await CliWorld.StartAsync();
        await world.ApplyAsync();
        var stalled = new Condition
        {
            Type = Condition.Stalled,
            Status = ConditionStatus.True,
            Reason = "InvalidSpec",
            Message = "spec.analysis: is wrong.",
            LastTransitionTime = Statuses.Then,
            ObservedGeneration = 99,
        };
        world.SetStatus(Statuses.Progressing with { Conditions = [stalled] });
        await Refused(world, "is not acted on: spec.analysis: is wrong.", "podinfo", "--for", "promoted");
    }

    [Fact]
    public async Task A_canary_that_is_not_there_or_goes_away_ends_the_wait()
    {
        await using var world = await CliWorld.StartAsync();
        await Refused(world, "no Canary podinfo in namespace default", "podinfo", "--for", "promoted");

        await world.ApplyAsync();
        await using var waiting = new Waiting(world);
        await waiting.ToldAsync("no controller has looked at it yet");
        world.Cluster.Delete(new ResourceKind("rollouts.dev", "v1beta1", "canaries", "Canary", true), "default", "podinfo");
        (await waiting.Code).Should().Be(1);
        waiting.Error.Should().Contain("Canary podinfo was deleted").And.Contain("mend:");
    }

    private static string Live(CliWorld world) => Revision.Of(world.Cluster.Get(Kinds.Deployments, "default", "podinfo")!["spec"]!["template"]!);

    private static CanaryStatus Settled(string revision) =>
        new() { Phase = Phase.Succeeded, StableRevision = revision, LastAppliedSpec = revision, Message = "as before" };

    private static async Task Refused(CliWorld world, string says, params string[] args)
    {
        var answer = await world.RunAsync(["wait", .. args]);
        answer.Code.Should().Be(1);
        answer.Out.Should().BeEmpty();
        answer.Error.Should().Contain(says).And.Contain("mend:");
    }

    /// <summary>A wait for promotion whose lines can be read while it goes on.</summary>
    private sealed class Waiting : IAsyncDisposable
    {
        private readonly CancellationTokenSource end = new(TimeSpan.FromSeconds(60));
        private readonly TestConsole output = new TestConsole().Width(1000);
        private readonly TestConsole error = new TestConsole().Width(1000);

        public Waiting(CliWorld world) => Code = CommandLine.RunAsync(
            ["wait", "podinfo", "--for", "promoted", "--kubeconfig", world.Kubeconfig], new Terminal(output, error, TimeProvider.System, "alice"), end.Token);

        public Task<int> Code { get; }

        public string Out => output.Output;

        public string Error => error.Output;

        public async Task ToldAsync(string line)
        {
            while (!Error.Contains(line, StringComparison.Ordinal))
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, end.Token);
        }

        public async ValueTask DisposeAsync()
        {
            await end.CancelAsync();
            await Code;
            end.Dispose();
            output.Dispose();
            error.Dispose();
        }
    }
}
