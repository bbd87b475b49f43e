using Microsoft.AspNetCore.Http;
using Rollouts.Sandbox.Mesh.Routing;
using Rollouts.Sandbox.Mesh.Telemetry;

namespace Rollouts.Sandbox.Mesh.Forwarding;

/// <summary>The way of a request: host, rule, weighted destination, pod, retries; then it is counted.</summary>
internal sealed class RequestHandler(
    Func<RouteTable> table, PodForwarder pods, MirrorSender mirrors, RoundRobin turns, Dice dice, MeshTelemetry telemetry, TimeProvider time,
    CancellationToken stopping)
{
    private static readonly Upstream Nowhere = new("unknown", "unknown", []);

    public async Task HandleAsync(HttpContext context)
    {
        var begun = time.GetTimestamp();
        RequestMatch? by = null;
        if (table().Find(context.Request.Host.Host)?.Find(context.Request, out by) is not { } rule)
            await AnswerAsync(context, begun, Nowhere, Outcome.NoRoute);
        else if (rule.TotalWeight == 0 || rule.Choose(dice.Below(rule.TotalWeight)) is not { } destination)
            await AnswerAsync(context, begun, Nowhere, Outcome.NoCluster);
        else
            await ForwardAsync(context, begun, rule, by, destination);
    }

    private async Task ForwardAsync(HttpContext context, long begun, HttpRule rule, RequestMatch? by, Destination destination)
    {
        Prepare(context.Request, rule, by, destination);
        if (rule.Mirror is { } mirror && dice.Hits(mirror.Percent))
            _ = mirrors.SendAsync(await Shadow.OfAsync(context.Request), mirror.Upstream, stopping);

        using var timeout = new CancellationTokenSource(rule.Timeout ?? Timeout.InfiniteTimeSpan, time);
        var tried = new List<Backend>();
        while (true)
        {
            if (turns.Next(destination.Upstream, tried) is not { } backend)
            {
                await AnswerAsync(context, begun, destination.Upstream, Outcome.NoHealthyUpstream);
                return;
            }
            var tryBegun = time.GetTimestamp();
            var outcome = await pods.TryAsync(context, backend, destination, rule, tried.Count < rule.Retries.Attempts, timeout.Token);
            CountAtDestination(destination.Upstream, backend, outcome, time.GetElapsedTime(tryBegun));
            if (!outcome.Retriable)
            {
                await AnswerAsync(context, begun, destination.Upstream, outcome, backend);
                return;
            }
            tried.Add(backend);
            context.Response.Clear();
        }
    }

    private static void Prepare(HttpRequest request, HttpRule rule, RequestMatch? by, Destination destination)
    {
        if (rule.Rewrite is { } rewrite)
        {
            var path = rewrite.PathFor(request.Path.Value ?? "/", by);
            request.Path = path.StartsWith('/') ? path : "/" + path;
            if (rewrite.Authority is { } authority)
                request.Host = new HostString(authority);
        }
        rule.Request.ApplyTo(request.Headers);
        destination.Request.ApplyTo(request.Headers);
    }

    // What the caller's proxy sees. An answer of its own is sent only where the pod's has not begun.
    private async Task AnswerAsync(HttpContext context, long begun, Upstream upstream, Outcome outcome, Backend? backend = null)
    {
        telemetry.Record(
            new(Reporter.Source, backend?.Workload ?? Workload.Unknown, upstream.Service, upstream.Namespace, outcome.Code, outcome.Flags),
            time.GetElapsedTime(begun));
        if (outcome.Flags is "-" or "DC" || context.Response.HasStarted)
            return;
        context.Response.Clear();
        context.Response.StatusCode = outcome.Code;
        await context.Response.WriteAsync(outcome.Body, context.RequestAborted);
    }

    // What the pod's own proxy sees. When the caller's proxy gives up after its timeout, that is a caller who left.
    private void CountAtDestination(Upstream upstream, Backend backend, Outcome outcome, TimeSpan duration)
    {
        var seen = outcome.Flags == "UT" ? Outcome.ClientLeft : outcome;
        telemetry.Record(new(Reporter.Destination, backend.Workload, upstream.Service, upstream.Namespace, seen.Code, seen.Flags), duration);
    }
}
