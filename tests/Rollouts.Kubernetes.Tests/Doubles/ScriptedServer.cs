using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using k8s;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Rollouts.Kubernetes.Client;

namespace Rollouts.Kubernetes.Tests.Doubles;

/// <summary>An HTTP server whose answers are written down in order; a request beyond the last is answered 599.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Queue<Func<HttpContext, Task>> _script = [];

    private ScriptedServer(WebApplication app) => _app = app;

    public ConcurrentQueue<SeenRequest> Requests { get; } = [];

    public Uri Address => new(_app.Urls.Single());

    public static async Task<ScriptedServer> StartAsync(params Func<HttpContext, Task>[] answers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var server = new ScriptedServer(builder.Build());
        foreach (var answer in answers)
            server._script.Enqueue(answer);
        server._app.Urls.Add("http://127.0.0.1:0");
        server._app.Run(server.AnswerAsync);
        await server._app.StartAsync();
        return server;
    }

    public ClusterClient Client(ClusterClientOptions? options = null, TimeProvider? time = null, Action<KubernetesClientConfiguration>? configure = null)
    {
        var configuration = new KubernetesClientConfiguration { Host = Address.ToString() };
        configure?.Invoke(configuration);
        return new ClusterClient(configuration, options, time);
    }

    public async ValueTask DisposeAsync()
    {
        using var impatient = new CancellationTokenSource();
        await impatient.CancelAsync();
        await _app.StopAsync(impatient.Token);
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        Requests.Enqueue(new SeenRequest(
            context.Request.Method,
            context.Features.Get<IHttpRequestFeature>()!.RawTarget,
            await reader.ReadToEndAsync(),
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
        Func<HttpContext, Task>? answer;
        lock (_script)
            _script.TryDequeue(out answer);
        await (answer ?? Answers.Text(599, "the script has ended"))(context);
    }
}

internal sealed record SeenRequest(string Method, string Target, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public JsonObject Json => JsonNode.Parse(Body)!.AsObject();
}

/// <summary>What a scripted server can answer.</summary>
internal static class Answers
{
    public static Func<HttpContext, Task> Json(JsonNode body, int code = 200) => Text(code, body.ToJsonString(), "application/json");

    public static Func<HttpContext, Task> Status(int code, string reason, string message = "as the script says") => Json(
        new JsonObject
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["status"] = "Failure",
            ["code"] = code,
            ["reason"] = reason,
            ["message"] = message,
        },
        code);

    public static Func<HttpContext, Task> Text(int code, string body, string type = "text/plain") => async context =>
    {
        context.Response.StatusCode = code;
        context.Response.ContentType = type;
        await context.Response.WriteAsync(body);
    };

    public static Func<HttpContext, Task> Throttled(string retryAfter) => context =>
    {
        context.Response.Headers.RetryAfter = retryAfter;
        return Status(429, "TooManyRequests")(context);
    };

    /// <summary>The lines, then whatever comes after them: by default the ordered end of the stream.</summary>
    public static Func<HttpContext, Task> Stream(IEnumerable<string> lines, Func<HttpContext, Task>? then = null) => async context =>
    {
        await context.Response.StartAsync();
        foreach (var line in lines)
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(line));
        await context.Response.Body.FlushAsync();
        if (then is not null)
            await then(context);
    };

    /// <summary>Leaves the request open until the client goes away.</summary>
    public static async Task Silence(HttpContext context)
    {
        var gone = new TaskCompletionSource();
        await using var registration = context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    }

    public static Task Reset(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }
}
