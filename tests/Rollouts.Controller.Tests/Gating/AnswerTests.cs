using Microsoft.AspNetCore.Http;
using Rollouts.Controller.Gating;

namespace Rollouts.Controller.Tests.Gating;

/// <summary>What counts as yes, and what a reader of the status learns of it.</summary>
public sealed class AnswerTests : IDisposable
{
    private readonly HookScene scene = new();

    public void Dispose() => scene.Dispose();

    [Theory]
    [InlineData(200)]
    [InlineData(202)]
    [InlineData(203)]
    [InlineData(204)]
    [InlineData(299)]
    public async Task Any_2xx_is_yes(int status)
    {
        await using var receiver = await HookReceiver.StartAsync(HookReceiver.Answers(status));

        (await scene.CallAsync(receiver)).Should().Be(new Core.Gating.GateAnswer("load-test", "1/2/rollout/60", true, $"Webhook load-test answered {status}."));
        (await scene.MetricsAsync()).Should().Contain("""rollouts_hook_calls_total{type="rollout",outcome="Yes"} 1""")
            .And.Contain("""rollouts_hook_duration_seconds_count{type="rollout"} 1""");
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(500)]
    public async Task Any_error_is_no(int status)
    {
        await using var receiver = await HookReceiver.StartAsync(HookReceiver.Answers(status));

        (await scene.CallAsync(receiver)).Yes.Should().BeFalse();
        (await scene.MetricsAsync()).Should().Contain("""rollouts_hook_calls_total{type="rollout",outcome="No"} 1""");
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_no_and_is_not_followed(int status)
    {
        await using var elsewhere = await HookReceiver.StartAsync(HookReceiver.Answers(200));
        await using var receiver = await HookReceiver.StartAsync(HookReceiver.Answers(status, "", ("Location", elsewhere.Url)));

        var answer = await scene.CallAsync(receiver);

        answer.Yes.Should().BeFalse();
        answer.Sentence.Should().Be($"Webhook load-test answered {status}, a redirect, which is not followed; let its url name where it leads.");
        elsewhere.Calls.Should().BeEmpty();
    }

    [Fact]
    public async Task The_body_stands_in_the_sentence_on_one_line_without_what_a_terminal_obeys()
    {
        await using var receiver = await HookReceiver.StartAsync(HookReceiver.Answers(403, "  closed:\r\n\tby \u001b[31mAnn\u0007\u202e, 3 × 😀\n"));

        (await scene.CallAsync(receiver)).Sentence.Should().Be("Webhook load-test answered 403: \"closed: by [31mAnn, 3 × 😀\".");
    }

    [Fact]
    public async Task A_long_body_is_cut_and_not_read_to_its_end()
    {
        await using var receiver = await HookReceiver.StartAsync(async context =>
        {
            await context.Response.WriteAsync(new string('x', 199) + "😀" + new string('y', 10_000));
            await context.Response.Body.FlushAsync();
            await HookReceiver.Hangs()(context);
        });

        (await scene.CallAsync(receiver)).Sentence.Should().Be($"Webhook load-test answered 200: \"{new string('x', 199)}...\".");
        await receiver.LeftAsync();
    }

    [Fact]
    public async Task A_body_that_does_not_end_in_time_is_told_as_far_as_it_came()
    {
        using var timeout = new CancellationTokenSource();
        var stream = new StallingStream("running"u8.ToArray());
        var reading = HookBody.ReadAsync(new StreamContent(stream), new HookMask([]), timeout.Token);
        await stream.Stalled;

        await timeout.CancelAsync();

        (await reading).Should().Be("running");
    }

    [Fact]
    public async Task A_url_that_is_none_is_no_and_nothing_is_sent()
    {
        var answer = await scene.CallAsync(HookScene.Hook("http://"));

        answer.Yes.Should().BeFalse();
        answer.Sentence.Should().Be("Webhook load-test was not called, because its url is not an http or https URL.");
        (await scene.MetricsAsync()).Should().Contain("""rollouts_hook_calls_total{type="rollout",outcome="Unsent"} 1""");
    }
}
