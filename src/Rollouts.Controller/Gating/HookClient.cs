using System.Net;
using Rollouts.Core.Gating;
using Rollouts.Model;
using Rollouts.Model.Analysis;

namespace Rollouts.Controller.Gating;

/// <summary>Calls webhooks: posts the payload, tries again as the hook says, and tells in one sentence what came of it.</summary>
internal sealed class HookClient(IHttpClientFactory clients, HookSecrets secrets, HookMetrics metrics, TimeProvider time)
{
    /// <summary>Trouble with the receiver is an answer; throws only <see cref="OperationCanceledException"/>, and only when cancelled.</summary>
    public async Task<GateAnswer> CallAsync(CanaryMetadata canary, GateCall call, CancellationToken cancellation)
    {
        var from = time.GetTimestamp();
        var outcome = HookOutcome.Cancelled;
        try
        {
            var (reply, attempts) = await PrepareAndSendAsync(canary, call, cancellation);
            outcome = reply.Outcome;
            return new GateAnswer(call.Hook.Name, call.Key, outcome == HookOutcome.Yes, Sentence(call.Hook, reply, attempts));
        }
        finally
        {
            metrics.Count(call.Hook.Kind, outcome, time.GetElapsedTime(from));
        }
    }

    private static string Sentence(HookSpec hook, HookReply reply, int attempts)
    {
        var attempt = attempts > 1 ? $" (attempt {attempts} of {hook.Retries + 1})" : "";
        return $"Webhook {hook.Name} {reply.Words}{attempt}{(reply.Body.Length == 0 ? "" : $": \"{reply.Body}\"")}.";
    }

    private async Task<(HookReply Reply, int Attempts)> PrepareAndSendAsync(CanaryMetadata canary, GateCall call, CancellationToken cancellation)
    {
        var headers = HookHeaders.None;
        if (call.Hook.HeadersSecret is { } secret)
        {
            (var read, var reason) = await secrets.ReadAsync(canary.Key.Namespace, secret, cancellation);
            if (read is null)
                return (Unsent(reason), 0);
            headers = read;
        }
        return HookRequest.TryMake(canary, call, headers, out var request, out var problem)
            ? await SendAsync(call.Hook, request, cancellation)
            : (Unsent(problem), 0);
    }

    private static HookReply Unsent(string problem) => new(HookOutcome.Unsent, $"was not called, because {problem}");

    private async Task<(HookReply Reply, int Attempts)> SendAsync(HookSpec hook, HookRequest request, CancellationToken cancellation)
    {
        var attempts = 0;
        var reply = await HookRetries.Pipeline(hook.Retries, time).ExecuteAsync(
            async end =>
            {
                attempts++;
                return await AttemptAsync(hook, request, end);
            },
            cancellation);
        return (reply, attempts);
    }

    private async Task<HookReply> AttemptAsync(HookSpec hook, HookRequest request, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(hook.Timeout, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        try
        {
            using var client = clients.CreateClient(hook.DisableTls ? HookServices.Unverified : HookServices.Verified);
            using var message = request.Message();
            using var response = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, end.Token);
            return await ReadAsync(response, request.Mask, end.Token);
        }
        catch (HttpRequestException failure)
        {
            var reason = request.Mask.Apply(HookBody.OneLine(failure.GetBaseException().Message), isCut: false);
            return new HookReply(HookOutcome.Unanswered, "could not be reached", reason, IsTransient: true);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new HookReply(HookOutcome.Unanswered, $"gave no answer within {DurationText.Format(hook.Timeout)}", IsTransient: true);
        }
    }

    private async Task<HookReply> ReadAsync(HttpResponseMessage response, HookMask mask, CancellationToken cancellation)
    {
        var status = (int)response.StatusCode;
        if (status is >= 300 and < 400)
            // Whoever writes a Canary chooses its url; where the answer to it leads, nobody has chosen.
            return new HookReply(HookOutcome.No, $"answered {status}, a redirect, which is not followed; let its url name where it leads");
        var body = await HookBody.ReadAsync(response.Content, mask, cancellation);
        return new HookReply(
            response.IsSuccessStatusCode ? HookOutcome.Yes : HookOutcome.No, $"answered {status}", body, IsTransient(response.StatusCode), RetryAfter(response));
    }

    private static bool IsTransient(HttpStatusCode status) =>
        status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or (>= HttpStatusCode.InternalServerError and not HttpStatusCode.NotImplemented);

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } length } => length,
        { Date: { } date } when date > time.GetUtcNow() => date - time.GetUtcNow(),
        _ => null,
    };
}
