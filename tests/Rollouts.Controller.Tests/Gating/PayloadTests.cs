using Microsoft.Extensions.DependencyInjection;
using Rollouts.Controller.Gating;
using Rollouts.Model;
using Rollouts.TestKit;

namespace Rollouts.Controller.Tests.Gating;

/// <summary>What a webhook is sent, and what it is never sent.</summary>
public sealed class PayloadTests : IDisposable
{
    private readonly HookScene scene = new();

    public void Dispose() => scene.Dispose();

    [Fact]
    public async Task A_webhook_is_posted_the_payload_that_the_readme_shows()
    {
        await using var receiver = await HookReceiver.StartAsync(HookReceiver.Answers(200));
        var metadata = new EquatableMap([new("cmd", "hey -z 1m 'http://podinfo-canary.test/'"), new("type", "cmd")]);

        await scene.CallAsync(HookScene.Hook($"{receiver.Url}/gate?a=b") with { Metadata = metadata });

        var call = receiver.Calls.Should().ContainSingle().Subject;
        call.Line.Should().Be("POST /gate");
        call.Headers["Content-Type"].Should().Be("application/json");
        Golden.Holds("tests/Rollouts.Controller.Tests/golden/hook-payload.json", call.Body + "\n");
        File.ReadAllText(Path.Combine(Repository.Root, "README.md")).Should().Contain(call.Body);
    }

    [Fact]
    public async Task The_key_names_the_canary_the_question_and_the_hook_in_the_form_of_the_draft()
    {
        await using var receiver = await HookReceiver.StartAsync(HookReceiver.Answers(200));

        await scene.CallAsync(HookScene.Hook(receiver.Url, "Prüfung \"1\""));
        await scene.Client.CallAsync(HookScene.CanaryOf("podinfo", "u-2").Metadata, HookScene.Call(HookScene.Hook(receiver.Url)), CancellationToken.None);

        receiver.Calls.Select(call => call.Headers["Idempotency-Key"]).Should().Equal("\"u-1/1/2/rollout/60/Pr%C3%BCfung%20%221%22\"", "\"u-2/1/2/rollout/60/load-test\"");
    }

    [Fact]
    public async Task Nothing_is_sent_that_the_canary_does_not_say_and_no_cookie_of_an_earlier_answer()
    {
        await using var receiver = await HookReceiver.StartAsync(HookReceiver.Answers(200, "", ("Set-Cookie", "session=1; Path=/")));

        await scene.CallAsync(receiver);
        await scene.CallAsync(receiver);

        receiver.Calls.Should().HaveCount(2).And.OnlyContain(call =>
            call.Headers.Keys.Order().SequenceEqual(new[] { "Content-Length", "Content-Type", "Host", "Idempotency-Key" }));
    }

    [Theory]
    [InlineData(HookServices.Verified)]
    [InlineData(HookServices.Unverified)]
    public void No_proxy_of_the_environment_comes_between(string name)
    {
        using var services = new ServiceCollection().AddHooks().BuildServiceProvider();
        var handler = services.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler(name);
        while (handler is DelegatingHandler { InnerHandler: { } inner })
            handler = inner;

        handler.Should().BeOfType<SocketsHttpHandler>().Which.UseProxy.Should().BeFalse();
    }

    [Fact]
    public async Task User_and_password_of_a_url_are_basic_authentication_as_in_flagger_and_no_part_of_the_sentence()
    {
        await using var receiver = await HookReceiver.StartAsync(HookReceiver.Answers(401, "no such user: me:pass word"));

        var answer = await scene.CallAsync(HookScene.Hook(receiver.Url.Replace("http://", "http://me:pass%20word@", StringComparison.Ordinal)));

        receiver.Calls.Single().Headers["Authorization"].Should().Be("Basic bWU6cGFzcyB3b3Jk");
        answer.Sentence.Should().Be("Webhook load-test answered 401: \"no such user: ***\".");
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_refused_unless_the_hook_says_disableTLS()
    {
        await using var receiver = await HookReceiver.StartUntrustedAsync(HookReceiver.Answers(200));

        var refused = await scene.CallAsync(receiver);
        var taken = await scene.CallAsync(HookScene.Hook(receiver.Url) with { DisableTls = true });
        var refusedAgain = await scene.CallAsync(receiver);

        refused.Yes.Should().BeFalse();
        refused.Sentence.Should().StartWith("Webhook load-test could not be reached").And.Contain("certificate");
        taken.Yes.Should().BeTrue();
        refusedAgain.Yes.Should().BeFalse();
        receiver.Calls.Should().ContainSingle();
    }
}
