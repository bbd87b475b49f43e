using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Rollouts.Controller.Tests.Traces;

/// <summary>The webhooks of a trace: each answers the status that the script has set, 200 at first; events are taken.</summary>
internal sealed class TraceStub : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Turnstile turnstile;
    private readonly ConcurrentDictionary<string, int> answers = new();
    private readonly ConcurrentQueue<string> calls = new();

    private TraceStub(WebApplication app, Turnstile turnstile) => (this.app, this.turnstile) = (app, turnstile);

    /// <summary>Told of every call.</summary>
    public Action Called { get; set; } = () => { };

    public string Url => app.Urls.First();

    /// <summary>Each call, as "NAME phase=PHASE".</summary>
    public IReadOnlyList<string> Calls => [.. calls];

    public static async Task<TraceStub> StartAsync(Turnstile turnstile)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var stub = new TraceStub(builder.Build(), turnstile);
        stub.app.MapPost("/event/{ns}", () => Results.Ok());
        stub.app.MapPost("/hook/{ns}/{name}", (Delegate)stub.AnswerAsync);
        await stub.app.StartAsync();
        return stub;
    }

    public void Set(string hook, int status) => answers[hook] = status;

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task<IResult> AnswerAsync(string name, HttpContext context)
    {
        var body = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        await turnstile.PassAsync();
        calls.Enqueue($"{name} phase={body?["phase"]}");
        Called();
        return Results.StatusCode(answers.GetValueOrDefault(name, StatusCodes.Status200OK));
    }
}
