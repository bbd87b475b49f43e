using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Rollouts.Core.Gating;
using Rollouts.Model;
using Rollouts.Model.Analysis;
using Rollouts.Model.Status;

namespace Rollouts.Controller.Gating;

/// <summary>
/// Tells event hooks what the journal tells, without waiting for them. Each hook of each Canary has a line of its own, in order, so that a
/// receiver that is down holds up nobody else's news. What does not fit into a line is lost, and the log says so.
/// </summary>
internal sealed partial class EventHooks(HookClient client, ControllerOptions options, ILogger<EventHooks> logger) : IDisposable
{
    /// <summary>Posts of all lines together.</summary>
    private const int Most = 10_000;

    private readonly CancellationTokenSource end = new();
    private readonly ConcurrentDictionary<(CanaryKey Canary, string Hook), EventLine> lines = new();
    private int waiting;

    public void Tell(CanaryReading canary, CanaryStatus status, JournalEntry entry)
    {
        foreach (var hook in HooksOf(canary))
        {
            var line = lines.GetOrAdd((canary.Metadata.Key, hook.Name), _ => new EventLine());
            if (Volatile.Read(ref waiting) < Most && line.TryAdd(() => PostAsync(line, canary.Metadata, Call(hook, status, entry))))
                Interlocked.Increment(ref waiting);
            else if (line.IsNews(trouble: true))
                LogLost(logger, canary.Metadata.Key, hook.Name, entry.Number);
        }
    }

    public void Forget(CanaryKey canary)
    {
        foreach (var line in lines.Keys.Where(line => line.Canary == canary))
            lines.TryRemove(line, out _);
    }

    public void Dispose() => end.Cancel();

    /// <summary>The Canary's own in place of the controller's, also where its spec is refused: that it was is one of the events.</summary>
    private List<HookSpec> HooksOf(CanaryReading canary)
    {
        var own = canary.Legible?.Analysis.Webhooks.Where(hook => hook.Kind == HookKind.Event).ToList() ?? [];
        return own.Count > 0 || options.EventWebhook is not { } url ? own : [new HookSpec { Name = "event-webhook", Url = url, Kind = HookKind.Event }];
    }

    /// <summary>Keyed by the journal's number alone, which is the same when an entry is told again in a later run.</summary>
    private static GateCall Call(HookSpec hook, CanaryStatus status, JournalEntry entry)
    {
        var metadata = hook.Metadata
            .With("eventMessage", entry.Message)
            .With("eventType", entry.Warning ? "Warning" : "Normal")
            .With("timestamp", entry.At.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
        var revision = status.Run?.Revision ?? status.LastAppliedSpec ?? "";
        return new GateCall(
            hook with { Metadata = metadata },
            $"event/{entry.Number}",
            status.Phase,
            revision,
            Checksum.Of(revision, status.TrackedConfigs),
            new Split(status.CanaryWeight),
            status.FailedChecks);
    }

    private async Task PostAsync(EventLine line, CanaryMetadata canary, GateCall call)
    {
        try
        {
            var answer = await client.CallAsync(canary, call, end.Token);
            if (line.IsNews(trouble: !answer.Yes))
                LogFailed(logger, canary.Key, call.Key, answer.Sentence);
        }
        catch (OperationCanceledException)
        {
            // The process ends; the next one tells what is still news, by the same keys.
        }
#pragma warning disable CA1031 // News that cannot be told must not keep the next from being told.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogBroken(logger, exception, canary.Key, call.Hook.Name);
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Canary}: {Event} was not told: {Sentence} Nothing more is logged until something gets through.")]
    private static partial void LogFailed(ILogger logger, CanaryKey canary, string @event, string sentence);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Canary}: the line to the event hook {Hook} is full, and event {Number} is lost; so are others until something gets through")]
    private static partial void LogLost(ILogger logger, CanaryKey canary, string hook, long number);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Canary}: the event hook {Hook} could not be called")]
    private static partial void LogBroken(ILogger logger, Exception exception, CanaryKey canary, string hook);
}
