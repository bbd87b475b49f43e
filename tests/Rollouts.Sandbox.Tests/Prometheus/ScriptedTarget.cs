using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Rollouts.Sandbox.Mesh;

namespace Rollouts.Sandbox.Tests.Prometheus;

/// <summary>
/// Plays a script of expositions, one page per scrape, to every path from the beginning. The samples carry their times, so that whoever has
/// read a path to its end holds exactly the same samples, however fast it scraped.
/// </summary>
internal sealed class ScriptedTarget(IReadOnlyList<string> pages) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Reader> _readers = new();
    private LoopbackServer? _server;

    public Uri Url(string path) => new((_server ?? throw new InvalidOperationException("not started")).Url, path);

    public static async Task<ScriptedTarget> StartAsync(IReadOnlyList<string> pages)
    {
        var target = new ScriptedTarget(pages);
        target._server = await LoopbackServer.StartAsync(0, target.AnswerAsync, CancellationToken.None);
        return target;
    }

    /// <summary>Ends when the path was asked for once more after its last page: by then that page has been taken in.</summary>
    public Task ReadToTheEndAsync(string path) => _readers.GetOrAdd(path, _ => new Reader()).Finished.Task.WaitAsync(TimeSpan.FromSeconds(60));

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private Task AnswerAsync(HttpContext context)
    {
        var reader = _readers.GetOrAdd(context.Request.Path.Value ?? "", _ => new Reader());
        var page = reader.Next++;
        if (page >= pages.Count)
            reader.Finished.TrySetResult();
        context.Response.ContentType = "text/plain; version=0.0.4";
        return context.Response.WriteAsync(page < pages.Count ? pages[page] : "");
    }

    private sealed class Reader
    {
        public int Next { get; set; }

        public TaskCompletionSource Finished { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
