using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Rollouts.Controller.Gating;
using Rollouts.Core.Gating;
using Rollouts.Kubernetes;

namespace Rollouts.Controller.Tests.Gating;

/// <summary>Webhooks are called beside the reconcile, and what nobody asks any more is given up.</summary>
public sealed class GateDeskTests : IDisposable
{
    private readonly HookScene scene = new();
    private readonly Channel<ResourceKey> answered = Channel.CreateUnbounded<ResourceKey>();
    private readonly GateDesk desk;

    public GateDeskTests() => desk = new GateDesk(scene.Client, NullLogger<GateDesk>.Instance) { Answered = key => answered.Writer.TryWrite(key) };

    public void Dispose()
    {
        desk.Dispose();
        scene.Dispose();
    }

    [Fact]
    public async Task A_look_finds_the_answer_after_the_canary_was_queued_for_it_and_the_call_is_made_once()
    {
        await using var receiver = await HookReceiver.StartAsync(HookReceiver.Answers(200));
        var call = HookScene.Call(HookScene.Hook(receiver.Url));

        Look(call);
        Look(call);
        (await AnsweredAsync()).Should().Be(HookScene.Key);

        var answer = new GateAnswer("load-test", "1/2/rollout/60", true, "Webhook load-test answered 200.");
        Look(call).Should().Equal(answer);
        // What has changed beside the question makes no other question of it.
        Look(call with { FailedChecks = 2 }).Should().Equal(answer);
        receiver.Calls.Should().ContainSingle();
    }

    [Fact]
    public async Task No_look_waits_for_a_webhook_and_no_canary_for_that_of_another()
    {
        await using var slow = await HookReceiver.StartAsync(HookReceiver.Hangs());
        await using var quick = await HookReceiver.StartAsync(HookReceiver.Answers(200));
        var other = HookScene.Key with { Name = "other" };

        Look(HookScene.Call(HookScene.Hook(slow.Url))).Should().BeEmpty();
        await slow.NextAsync();
        desk.Answers(other, HookScene.CanaryOf("other", "u-2"), [HookScene.Call(HookScene.Hook(quick.Url))]).Should().BeEmpty();

        (await AnsweredAsync()).Should().Be(other);
        Look(HookScene.Call(HookScene.Hook(slow.Url))).Should().BeEmpty();
    }

    [Fact]
    public async Task The_webhooks_of_a_canary_are_called_all_at_once_and_each_answer_is_there_when_it_is()
    {
        await using var slow = await HookReceiver.StartAsync(HookReceiver.Hangs());
        await using var quick = await HookReceiver.StartAsync(HookReceiver.Answers(403));
        var calls = new[] { HookScene.Call(HookScene.Hook(slow.Url, "slow")), HookScene.Call(HookScene.Hook(quick.Url, "quick")) };

        Look(calls);
        await slow.NextAsync();
        await AnsweredAsync();

        Look(calls).Should().Equal(new GateAnswer("quick", "1/2/rollout/60", false, "Webhook quick answered 403."));
    }

    [Fact]
    public async Task The_call_of_a_run_that_was_aborted_is_cancelled_and_tells_nobody()
    {
        await using var receiver = await HookReceiver.StartAsync(HookReceiver.Hangs(), HookReceiver.Answers(200));
        Look(HookScene.Call(HookScene.Hook(receiver.Url)));
        await receiver.NextAsync();

        Look().Should().BeEmpty();

        await receiver.LeftAsync();
        // The next answer is the first that anybody is told of.
        Look(HookScene.Call(HookScene.Hook(receiver.Url), "2/1/1"));
        await AnsweredAsync();
        answered.Reader.TryRead(out _).Should().BeFalse();
        Look(HookScene.Call(HookScene.Hook(receiver.Url), "2/1/1")).Should().ContainSingle(answer => answer.Key == "2/1/1" && answer.Yes);
    }

    [Fact]
    public async Task An_answer_belongs_to_its_question()
    {
        await using var receiver = await HookReceiver.StartAsync(HookReceiver.Answers(200), HookReceiver.Hangs());
        Look(HookScene.Call(HookScene.Hook(receiver.Url)));
        await AnsweredAsync();

        Look(HookScene.Call(HookScene.Hook(receiver.Url), "1/2/2")).Should().BeEmpty();
        Look(HookScene.Call(HookScene.Hook(receiver.Url))).Should().BeEmpty();

        await receiver.NextAsync();
        (await receiver.NextAsync()).Body.Should().NotBeEmpty();
    }

    [Fact]
    public async Task A_webhook_that_was_edited_and_a_canary_that_was_made_anew_are_asked_anew()
    {
        await using var receiver = await HookReceiver.StartAsync(HookReceiver.Answers(200), HookReceiver.Answers(200), HookReceiver.Hangs());
        await using var edited = await HookReceiver.StartAsync(HookReceiver.Hangs());
        var call = HookScene.Call(HookScene.Hook(receiver.Url));
        Look(call);
        await AnsweredAsync();

        Look(HookScene.Call(HookScene.Hook(edited.Url))).Should().BeEmpty();
        Look(call).Should().BeEmpty();
        await AnsweredAsync();
        desk.Answers(HookScene.Key, HookScene.CanaryOf("podinfo", "u-2"), [call]).Should().BeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Calls_end_with_their_canary_and_with_the_term_of_the_leader(bool canary)
    {
        await using var receiver = await HookReceiver.StartAsync(HookReceiver.Hangs());
        Look(HookScene.Call(HookScene.Hook(receiver.Url)));
        await receiver.NextAsync();

        if (canary)
            desk.Forget(HookScene.Key);
        else
            desk.Clear();

        await receiver.LeftAsync();
    }

    private IReadOnlyList<GateAnswer> Look(params GateCall[] calls) => desk.Answers(HookScene.Key, HookScene.Canary, [.. calls]);

    private async Task<ResourceKey> AnsweredAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return await answered.Reader.ReadAsync(limit.Token);
    }
}
