using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Rollouts.Controller.Gating;
using Rollouts.Kubernetes.Client;
using Rollouts.Model.Analysis;

namespace Rollouts.Controller.Tests.Gating;

/// <summary>Headers from a Secret: they reach the receiver and nobody else.</summary>
public sealed class SecretTests : IDisposable
{
    private const string Token = "s3cr3t-t0ken";

    private readonly HookScene scene = new();

    public void Dispose() => scene.Dispose();

    [Fact]
    public async Task Each_key_of_the_secret_is_a_header()
    {
        await using var receiver = await HookReceiver.StartAsync(HookReceiver.Answers(200));
        scene.Secrets.Put("test", "hook", ("Authorization", $"Bearer {Token}\n"), ("X-Team", "blue"), ("Cookie", "a=b"), ("Expires", "0"));

        (await scene.CallAsync(With("hook", receiver))).Yes.Should().BeTrue();

        receiver.Calls.Single().Headers.Should().Contain(new Dictionary<string, string>
        {
            ["Authorization"] = $"Bearer {Token}",
            ["X-Team"] = "blue",
            ["Cookie"] = "a=b",
            ["Expires"] = "0",
        });
    }

    [Fact]
    public async Task The_secret_is_read_anew_at_each_call()
    {
        await using var receiver = await HookReceiver.StartAsync(HookReceiver.Answers(200));
        scene.Secrets.Put("test", "hook", ("X-Token", "old"));
        await scene.CallAsync(With("hook", receiver));
        scene.Secrets.Put("test", "hook", ("X-Token", "new"));
        await scene.CallAsync(With("hook", receiver));

        receiver.Calls.Select(call => call.Headers["X-Token"]).Should().Equal("old", "new");
    }

    [Fact]
    public async Task A_secret_that_is_missing_or_in_another_namespace_is_no_and_nothing_is_sent()
    {
        await using var receiver = await HookReceiver.StartAsync(HookReceiver.Answers(200));
        scene.Secrets.Put("other", "hook", ("X-Token", "theirs"));

        var answer = await scene.CallAsync(With("hook", receiver));

        answer.Yes.Should().BeFalse();
        answer.Sentence.Should().Be(
            "Webhook load-test was not called, because there is no Secret hook in the namespace test: create it, or take secretRef from the webhook.");
        receiver.Calls.Should().BeEmpty();
    }

    [Fact]
    public async Task A_secret_that_nobody_meant_for_webhooks_is_no_and_nothing_is_sent()
    {
        await using var receiver = await HookReceiver.StartAsync(HookReceiver.Answers(200));
        scene.Secrets.PutUnlabelled("test", "hook", ("password", "of the database"));

        var answer = await scene.CallAsync(With("hook", receiver));

        answer.Yes.Should().BeFalse();
        answer.Sentence.Should().Be("Webhook load-test was not called, because the Secret hook is not meant for webhooks: "
            + "label it rollouts.dev/webhook-headers=true if its values may be sent to the webhook's address.");
        receiver.Calls.Should().BeEmpty();
    }

    [Fact]
    public async Task A_secret_that_may_not_be_read_is_no_and_nothing_is_sent()
    {
        await using var receiver = await HookReceiver.StartAsync(HookReceiver.Answers(200));
        scene.Secrets.Refusal = new ClusterException(403, "Forbidden", "secrets \"hook\" is forbidden.");

        var answer = await scene.CallAsync(With("hook", receiver));

        answer.Sentence.Should().Be("Webhook load-test was not called, because the Secret hook could not be read: secrets \"hook\" is forbidden.");
        receiver.Calls.Should().BeEmpty();
    }

    [Theory]
    [InlineData("Host", "elsewhere", "its key Host is a header that cannot be chosen")]
    [InlineData("content-length", "9", "its key content-length is a header that cannot be chosen")]
    [InlineData("Transfer-Encoding", "chunked", "its key Transfer-Encoding is a header that cannot be chosen")]
    [InlineData("Idempotency-Key", "mine", "its key Idempotency-Key is a header that cannot be chosen")]
    [InlineData("X-Token", "one\r\nX-Other: two", "the value of its key X-Token has line breaks or letters that no header can have")]
    [InlineData("X-Token", "Übung", "the value of its key X-Token has line breaks or letters that no header can have")]
    public async Task A_header_that_cannot_be_sent_is_named_by_its_key_and_nothing_is_sent(string name, string value, string problem)
    {
        await using var receiver = await HookReceiver.StartAsync(HookReceiver.Answers(200));
        scene.Secrets.Put("test", "hook", ("X-Good", "yes"), (name, value));

        var answer = await scene.CallAsync(With("hook", receiver));

        answer.Yes.Should().BeFalse();
        answer.Sentence.Should().Be($"Webhook load-test was not called, because the Secret hook cannot be sent as headers: {problem}.");
        receiver.Calls.Should().BeEmpty();
    }

    [Fact]
    public async Task A_server_that_echoes_its_request_brings_no_secret_into_the_sentence()
    {
        var quoted = "p\"w:w\"p";
        await using var receiver = await HookReceiver.StartAsync(async context =>
        {
            var headers = new JsonObject(context.Request.Headers.Select(header => KeyValuePair.Create(header.Key, (JsonNode?)header.Value.ToString())));
            context.Response.StatusCode = 500;
            await context.Response.WriteAsync($"{context.Request.Headers["X-Quoted"]} {Token} {headers["X-Quoted"]!.ToJsonString()} {headers["Authorization"]!.ToJsonString()}");
        });
        scene.Secrets.Put("test", "hook", ("Authorization", $"Bearer {Token}"), ("X-Quoted", quoted));

        var answer = await scene.CallAsync(With("hook", receiver));

        answer.Sentence.Should().Be("Webhook load-test answered 500: \"*** *** \"***\" \"***\"\".");
    }

    [Fact]
    public void What_basic_authentication_encodes_is_hidden_too()
    {
        var mask = new HookMask([$"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes("ann:pass:word"))}"]);

        mask.Apply("ann:pass:word or pass:word but not pass", isCut: false).Should().Be("*** or *** but not pass");
    }

    [Fact]
    public async Task A_secret_is_hidden_where_reading_broke_off_within_it()
    {
        // Masked, a thousand letters are three, so that the last half of an echo would come among the letters that are shown.
        var value = new string([.. Enumerable.Range(0, 1000).Select(index => (char)('a' + index % 26))]);
        await using var receiver = await HookReceiver.StartAsync(HookReceiver.Answers(200, string.Concat(Enumerable.Repeat(value, 5))));
        scene.Secrets.Put("test", "hook", ("X-Long", value));

        (await scene.CallAsync(With("hook", receiver))).Sentence.Should().Be("Webhook load-test answered 200: \"***************\".");
    }

    private static HookSpec With(string secret, HookReceiver receiver) => HookScene.Hook(receiver.Url) with { HeadersSecret = secret };
}
