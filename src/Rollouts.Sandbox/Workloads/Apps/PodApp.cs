using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Rollouts.Sandbox.Workloads.Apps;

/// <summary>
/// The program in a pod. Any path answers <c>{"pod","namespace","version"}</c> after the pod's latency, or 500 by its error rate;
/// <c>/status/503</c> answers with that code (200 to 599), <c>/delay/2</c> waits two seconds more (up to sixty).
/// </summary>
/// <param name="random">Not shared with any other; guarded by this.</param>
internal sealed class PodApp(string pod, string ns, AppBehavior behavior, Random random, TimeProvider time)
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();

    public async Task AnswerAsync(HttpContext context)
    {
        string path = context.Request.Path.Value ?? "/";
        bool fails;
        TimeSpan delay;
        lock (gate)
        {
            fails = random.NextDouble() < behavior.ErrorRate;
            delay = behavior.Latency.Draw(random);
        }
        delay += Math.Min(NumberAfter(path, "/delay/") ?? 0, LongestDelay.TotalSeconds) * TimeSpan.FromSeconds(1);
        try
        {
            if (delay > TimeSpan.Zero)
                await Task.Delay(delay, time, context.RequestAborted);
            int status = NumberAfter(path, "/status/") is >= 200 and <= 599 and var asked ? (int)asked : fails ? 500 : 200;
            await WriteAsync(context, status);
        }
        catch (OperationCanceledException)
        {
            // The caller hung up, and nobody is left to answer.
        }
    }

    private Task WriteAsync(HttpContext context, int status)
    {
        var body = new JsonObject { ["pod"] = pod, ["namespace"] = ns, ["version"] = behavior.Version };
        context.Response.StatusCode = status;
        // 204 and 304 have no body, and Kestrel refuses one.
        if (status is 204 or 205 or 304)
            return Task.CompletedTask;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body.ToJsonString() + "\n", context.RequestAborted);
    }

    private static double? NumberAfter(string path, string prefix) =>
        path.StartsWith(prefix, StringComparison.Ordinal)
        && double.TryParse(path[prefix.Length..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)
            ? number : null;
}
