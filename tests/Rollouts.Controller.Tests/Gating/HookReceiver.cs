using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Rollouts.Controller.Tests.Gating;

/// <summary>A web service on loopback that gives its scripted answers in order and repeats the last one.</summary>
internal sealed class HookReceiver : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<ReceivedCall> calls = [];
    private readonly Channel<ReceivedCall> arrivals = Channel.CreateUnbounded<ReceivedCall>();
    private readonly TaskCompletionSource left = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HookReceiver(RequestDelegate[] script, X509Certificate2? certificate)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null)
                listen.UseHttps(certificate);
        }));
        app = builder.Build();
        var turns = 0;
        app.Run(async context =>
        {
            var turn = Interlocked.Increment(ref turns) - 1;
            context.RequestAborted.Register(() => left.TrySetResult());
            var call = new ReceivedCall(
                $"{context.Request.Method} {context.Request.Path}",
                context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
                await new StreamReader(context.Request.Body).ReadToEndAsync());
            calls.Enqueue(call);
            arrivals.Writer.TryWrite(call);
            await script[Math.Min(turn, script.Length - 1)](context);
        });
    }

    public string Url => app.Urls.Single();

    public IReadOnlyList<ReceivedCall> Calls => [.. calls];

    public static Task<HookReceiver> StartAsync(params RequestDelegate[] script) => StartAsync(new HookReceiver(script, null));

    /// <summary>By a certificate that nobody vouches for.</summary>
    public static Task<HookReceiver> StartUntrustedAsync(params RequestDelegate[] script)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=nobody", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return StartAsync(new HookReceiver(script, request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200))));
    }

    public static RequestDelegate Answers(int status, string body = "", params (string Name, string Value)[] headers) => async context =>
    {
        context.Response.StatusCode = status;
        foreach (var (name, value) in headers)
            context.Response.Headers.Append(name, value);
        if (body.Length > 0)
            await context.Response.WriteAsync(body);
    };

    public static RequestDelegate Hangs() => context => Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);

    public static RequestDelegate Holds(Task until, int status = 200) => async context =>
    {
        await until.WaitAsync(context.RequestAborted);
        context.Response.StatusCode = status;
    };

    public async Task<ReceivedCall> NextAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return await arrivals.Reader.ReadAsync(limit.Token);
    }

    /// <summary>Until a caller has gone away before its answer.</summary>
    public Task LeftAsync() => left.Task.WaitAsync(TimeSpan.FromSeconds(60));

    public async ValueTask DisposeAsync()
    {
        // A scripted hang ends when its client goes; a graceful stop would wait for it.
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    private static async Task<HookReceiver> StartAsync(HookReceiver receiver)
    {
        await receiver.app.StartAsync();
        return receiver;
    }
}

internal sealed record ReceivedCall(string Line, IReadOnlyDictionary<string, string> Headers, string Body);
