using Rollouts.Sandbox.Mesh.Routing;
using Rollouts.Sandbox.Mesh.Telemetry;
using Rollouts.Sandbox.Workloads;

namespace Rollouts.Sandbox.Mesh.Forwarding;

/// <summary>Sends copies and forgets the answers; only the proxy beside the pod counts them, as in Istio.</summary>
internal sealed class MirrorSender(HttpMessageInvoker client, IPodNetwork pods, RoundRobin turns, MeshTelemetry telemetry, TimeProvider time)
{
    public async Task SendAsync(Shadow shadow, Upstream upstream, CancellationToken cancellation)
    {
        if (turns.Next(upstream, []) is not { } backend || pods.Resolve(backend.PodIP, backend.Port) is not { } endpoint)
            return;
        var begun = time.GetTimestamp();
        var outcome = await AnswerAsync(shadow, endpoint, cancellation);
        telemetry.Record(
            new(Reporter.Destination, backend.Workload, upstream.Service, upstream.Namespace, outcome.Code, outcome.Flags), time.GetElapsedTime(begun));
    }

    private async Task<Outcome> AnswerAsync(Shadow shadow, Uri endpoint, CancellationToken cancellation)
    {
        try
        {
            using var message = shadow.ToMessage(endpoint);
            using var answer = await client.SendAsync(message, cancellation);
            await answer.Content.CopyToAsync(Stream.Null, cancellation);
            return new Outcome((int)answer.StatusCode, "-");
        }
        catch (OperationCanceledException)
        {
            return Outcome.ClientLeft;
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return new Outcome(503, "UC");
        }
    }
}
