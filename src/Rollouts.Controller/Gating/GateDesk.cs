using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Rollouts.Core.Gating;
using Rollouts.Kubernetes;
using Rollouts.Model;

namespace Rollouts.Controller.Gating;

/// <summary>
/// Calls the webhooks of a Canary beside its reconcile: the first look that needs an answer starts the call, and the key is queued again
/// when the answer is there. An answer belongs to its question; what nobody asks any more, because the run was aborted or has moved on, is
/// cancelled and forgotten. One worker at a time has a key, so nothing here is locked for it.
/// </summary>
internal sealed partial class GateDesk(HookClient client, ILogger<GateDesk> logger) : IDisposable
{
    private readonly ConcurrentDictionary<ResourceKey, IReadOnlyList<Asked>> desk = new();

    /// <summary>Told when an answer has come. Set once, before the first look.</summary>
    public Action<ResourceKey> Answered { get; set; } = _ => { };

    /// <summary>The answers that are there, in the order of the calls.</summary>
    public EquatableList<GateAnswer> Answers(ResourceKey key, Canary canary, EquatableList<GateCall> calls)
    {
        var before = desk.GetValueOrDefault(key, []);
        var now = calls.Select(call => before.FirstOrDefault(asked => asked.IsFor(canary.Metadata, call)) ?? Ask(key, canary.Metadata, call)).ToList();
        foreach (var gone in before.Except(now))
            gone.Cancel();
        if (now.Count > 0)
            desk[key] = now;
        else
            desk.TryRemove(key, out _);
        return now.Select(asked => asked.Answer).OfType<GateAnswer>().ToEquatableList();
    }

    public void Forget(ResourceKey key)
    {
        if (desk.TryRemove(key, out var all))
        {
            foreach (var asked in all)
                asked.Cancel();
        }
    }

    /// <summary>Who is not to decide any more asks nobody any more.</summary>
    public void Clear()
    {
        foreach (var key in desk.Keys)
            Forget(key);
    }

    public void Dispose() => Clear();

    private Asked Ask(ResourceKey key, CanaryMetadata canary, GateCall call)
    {
        var end = new CancellationTokenSource();
        // Off the worker's thread before anything is read or sent: the worker has other keys to serve.
        var answer = Task.Run(() => CallAsync(canary, call, end.Token), CancellationToken.None);
        _ = TellAsync(key, answer, end.Token);
        return new Asked(canary.Uid, call, answer, end);
    }

    private async Task TellAsync(ResourceKey key, Task<GateAnswer?> answer, CancellationToken end)
    {
        if (await answer is not null && !end.IsCancellationRequested)
            Answered(key);
    }

    private async Task<GateAnswer?> CallAsync(CanaryMetadata canary, GateCall call, CancellationToken end)
    {
        try
        {
            return await client.CallAsync(canary, call, end);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            return null;
        }
#pragma warning disable CA1031 // Whatever goes wrong in one call is a no for that one run; it must not leave the question open for ever.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogFailed(logger, exception, canary.Key, call.Hook.Name);
            return new GateAnswer(call.Hook.Name, call.Key, Yes: false, $"Webhook {call.Hook.Name} could not be called; the controller's log says why.");
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Canary}: the webhook {Hook} could not be called")]
    private static partial void LogFailed(ILogger logger, Exception exception, CanaryKey canary, string hook);

    /// <summary>One question, asked once. A spec that names another URL meanwhile asks another question.</summary>
    private sealed class Asked(string uid, GateCall call, Task<GateAnswer?> answer, CancellationTokenSource end)
    {
        public GateAnswer? Answer => answer.IsCompletedSuccessfully ? answer.Result : null;

        public bool IsFor(CanaryMetadata canary, GateCall other) => uid == canary.Uid && call.Key == other.Key && call.Hook == other.Hook;

        // Asynchronously: what ends with the call is not the worker's work.
        public void Cancel() => _ = end.CancelAsync();
    }
}
