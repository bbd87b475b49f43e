using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Rollouts.Metrics.Tests.Prometheus;

/// <summary>A real HTTP server on loopback that gives its scripted answers in order and repeats the last one.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<RecordedRequest> requests = [];

    private ScriptedServer(RequestDelegate[] script)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        app = builder.Build();
        int asked = 0;
        app.Run(async context =>
        {
            int turn = Interlocked.Increment(ref asked) - 1;
            IFormCollection? form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync() : null;
            requests.Enqueue(new RecordedRequest(
                $"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}",
                form?["query"],
                context.Request.Headers.Authorization));
            await script[Math.Min(turn, script.Length - 1)](context);
        });
    }

    public string Url => app.Urls.Single();

    public RecordedRequest[] Requests => [.. requests];

    public static async Task<ScriptedServer> StartAsync(params RequestDelegate[] script)
    {
        var server = new ScriptedServer(script);
        await server.app.StartAsync();
        return server;
    }

    public static RequestDelegate Answers(int status, string body, string contentType = "application/json") => async context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        await context.Response.WriteAsync(body);
    };

    public static RequestDelegate AnswersVector(params string[] values) => Answers(200, Json.Vector(values));

    public static RequestDelegate Hangs() => context => Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);

    public static RequestDelegate StallsInTheBody() => async context =>
    {
        await context.Response.WriteAsync("""{"status":""");
        await context.Response.Body.FlushAsync();
        await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
    };

    public async ValueTask DisposeAsync()
    {
        // A scripted hang ends when its client goes; a graceful stop would wait for it.
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }
}

internal sealed record RecordedRequest(string Line, string? Query, string? Authorization);
