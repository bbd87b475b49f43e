namespace Rollouts.Controller.Tests.Gating;

/// <summary>When a webhook is called again, and how long it is waited for.</summary>
public sealed class RetryTests : IDisposable
{
    private readonly HookScene scene = new();

    public void Dispose() => scene.Dispose();

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task What_may_pass_is_tried_again_under_the_same_key(int status)
    {
        await using var receiver = await HookReceiver.StartAsync(HookReceiver.Answers(status), HookReceiver.Answers(status), HookReceiver.Answers(200, "go"));

        var answer = await scene.CallAsync(HookScene.Hook(receiver.Url) with { Retries = 5 });

        answer.Yes.Should().BeTrue();
        answer.Sentence.Should().Be("Webhook load-test answered 200 (attempt 3 of 6): \"go\".");
        receiver.Calls.Should().HaveCount(3);
        receiver.Calls.Select(call => (call.Headers["Idempotency-Key"], call.Body)).Distinct().Should().ContainSingle();
    }

    [Theory]
    [InlineData(302)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(501)]
    public async Task What_will_not_pass_is_not_tried_again(int status)
    {
        await using var receiver = await HookReceiver.StartAsync(HookReceiver.Answers(status), HookReceiver.Answers(200));

        var answer = await scene.CallAsync(HookScene.Hook(receiver.Url) with { Retries = 5 });

        answer.Yes.Should().BeFalse();
        receiver.Calls.Should().ContainSingle();
    }

    [Fact]
    public async Task Without_retries_there_is_one_attempt()
    {
        await using var receiver = await HookReceiver.StartAsync(HookReceiver.Answers(503), HookReceiver.Answers(200));

        (await scene.CallAsync(receiver)).Yes.Should().BeFalse();

        receiver.Calls.Should().ContainSingle();
    }

    [Fact]
    public async Task The_last_answer_is_told_when_retries_end()
    {
        await using var receiver = await HookReceiver.StartAsync(HookReceiver.Answers(500, "first"), HookReceiver.Answers(503, "no capacity"));

        var answer = await scene.CallAsync(HookScene.Hook(receiver.Url) with { Retries = 2 });

        answer.Should().Be(new Core.Gating.GateAnswer("load-test", "1/2/rollout/60", false, "Webhook load-test answered 503 (attempt 3 of 3): \"no capacity\"."));
    }

    [Fact]
    public async Task Waits_grow_and_are_never_longer_than_half_a_minute()
    {
        await using var receiver = await HookReceiver.StartAsync(HookReceiver.Answers(503));

        await scene.CallAsync(HookScene.Hook(receiver.Url) with { Retries = 12 });

        scene.Time.Passed.Should().HaveCount(12).And.OnlyContain(wait => wait > TimeSpan.Zero && wait <= TimeSpan.FromSeconds(30));
        scene.Time.Passed[0].Should().BeLessThan(TimeSpan.FromSeconds(3));
        scene.Time.Passed[11].Should().BeGreaterThan(TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("3600", 30)]
    public async Task The_wait_that_a_server_asks_for_is_kept_up_to_half_a_minute(string asked, int seconds)
    {
        await using var receiver = await HookReceiver.StartAsync(HookReceiver.Answers(429, "", ("Retry-After", asked)), HookReceiver.Answers(200));

        (await scene.CallAsync(HookScene.Hook(receiver.Url) with { Retries = 1 })).Yes.Should().BeTrue();

        scene.Time.Passed.Should().Equal(TimeSpan.FromSeconds(seconds));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_tried_again_and_named_in_the_sentence()
    {
        var receiver = await HookReceiver.StartAsync(HookReceiver.Answers(200));
        var url = receiver.Url;
        await receiver.DisposeAsync();

        var answer = await scene.CallAsync(HookScene.Hook(url) with { Retries = 2 });

        answer.Yes.Should().BeFalse();
        answer.Sentence.Should().StartWith("Webhook load-test could not be reached (attempt 3 of 3): \"Connection refused");
        (await scene.MetricsAsync()).Should().Contain("""rollouts_hook_calls_total{type="rollout",outcome="Unanswered"} 1""");
    }

    [Fact]
    public async Task Each_attempt_has_the_timeout_of_the_hook()
    {
        await using var receiver = await HookReceiver.StartAsync(HookReceiver.Hangs());
        using var hurried = new HookScene(new EagerTime(_ => true));

        var answer = await hurried.CallAsync(HookScene.Hook(receiver.Url) with { Retries = 1 });

        answer.Yes.Should().BeFalse();
        answer.Sentence.Should().Be("Webhook load-test gave no answer within 7m (attempt 2 of 2).");
    }

    [Fact]
    public async Task A_call_that_is_not_wanted_any_more_is_cancelled_and_not_answered()
    {
        await using var receiver = await HookReceiver.StartAsync(HookReceiver.Hangs());
        using var end = new CancellationTokenSource();
        var call = scene.Client.CallAsync(HookScene.Canary.Metadata, HookScene.Call(HookScene.Hook(receiver.Url) with { Retries = 9 }), end.Token);
        await receiver.NextAsync();

        await end.CancelAsync();

        await call.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
        receiver.Calls.Should().ContainSingle();
        (await scene.MetricsAsync()).Should().Contain("""rollouts_hook_calls_total{type="rollout",outcome="Cancelled"} 1""");
    }
}
