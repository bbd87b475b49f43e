using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Rollouts.Core;
using Rollouts.Core.Judging;
using Rollouts.Kubernetes;
using Rollouts.Metrics;
using Rollouts.Metrics.BuiltIn;
using Rollouts.Metrics.Prometheus;
using Rollouts.Model;
using Rollouts.Model.Analysis;

namespace Rollouts.Controller.Observing;

/// <summary>
/// Asks the metric providers beside the reconcile: the first look that needs answers starts the queries, all at once, and the key is
/// queued again when they are there. Answers belong to one check of one step of one spec; for anything else they are asked anew.
/// </summary>
internal sealed partial class MeasurementDesk(PrometheusProviders providers, ControllerOptions options, ILogger<MeasurementDesk> logger)
{
    /// <summary>What was measured longer ago than this says nothing of now: the candidate may have been away in between.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<ResourceKey, Question> questions = new();

    /// <summary>Told when answers have come. Set once, before the first look.</summary>
    public Action<ResourceKey> Answered { get; set; } = _ => { };

    /// <summary>The answers, in the order of the metrics; empty while they are under way or nothing was asked.</summary>
    public EquatableList<Core.Measurement> Answers(ResourceKey key, Canary canary, EquatableList<MetricSpec> metrics, DateTimeOffset now)
    {
        if (metrics.Count == 0)
            return [];
        var ticket = TicketOf(canary);
        var question = questions.AddOrUpdate(
            key,
            _ => Ask(key, ticket, canary, metrics, now),
            (_, known) => known.Ticket == ticket && now - known.At < Fresh ? known : Ask(key, ticket, canary, metrics, now));
        return question.Answers.Value is { IsCompletedSuccessfully: true } answers ? answers.Result : [];
    }

    public void Forget(ResourceKey key) => questions.TryRemove(key, out _);

    private Question Ask(ResourceKey key, string ticket, Canary canary, EquatableList<MetricSpec> metrics, DateTimeOffset now) =>
        new(ticket, now, new Lazy<Task<EquatableList<Core.Measurement>>>(() =>
        {
            var answers = MeasureAllAsync(canary, metrics, now);
            _ = TellAsync(key, answers);
            return answers;
        }));

    private async Task TellAsync(ResourceKey key, Task answers)
    {
        await answers;
        Answered(key);
    }

    // A step, the check before and the spec: one question has one ticket, also after a conflict made us look again.
    private static string TicketOf(Canary canary)
    {
        var last = canary.Status.Run?.Verdicts is { Count: > 0 } verdicts ? verdicts.Max(verdict => verdict.At) : DateTimeOffset.MinValue;
        return $"{canary.Metadata.Uid}/{canary.Metadata.Generation}/{canary.Status.Run?.Id}/{canary.Status.Run?.Step}/{last:O}";
    }

    private async Task<EquatableList<Core.Measurement>> MeasureAllAsync(Canary canary, EquatableList<MetricSpec> metrics, DateTimeOffset now)
    {
        // Off the worker's thread before anything is sent: the worker has other keys to serve.
        await Task.Yield();
        return (await Task.WhenAll(metrics.Select(metric => MeasureAsync(canary, metric, Lookback.Of(metric, canary, now))))).ToEquatableList();
    }

    private async Task<Core.Measurement> MeasureAsync(Canary canary, MetricSpec metric, Interval lookback)
    {
        try
        {
            var scope = new QueryScope(canary.Namespace, canary.Spec.Target.Name, lookback.Length)
            {
                Service = canary.Spec.Target.Kind == TargetKind.Service ? Names.Of(canary).CandidateService : null,
            };
            if (BuiltInQueries.Find(canary.Spec.Provider ?? options.MeshProvider, metric.Name, scope) is not { } query)
                return new(metric.Name, null, null, $"{metric.Name} is not a built-in metric of this provider.");
            if (!PrometheusAddress.TryParse(canary.Spec.MetricsServer ?? options.MetricsServer, out var server, out var problem))
                return new(metric.Name, null, null, problem);
            var answer = await providers.At(server).MeasureAsync(query, CancellationToken.None);
            return answer.Match<Core.Measurement>(
                number => new(metric.Name, number.Value, number.Samples, null, lookback),
                noData => new(metric.Name, null, null, null, lookback),
                error => new(metric.Name, null, null, error.Sentence));
        }
#pragma warning disable CA1031 // Whatever goes wrong in one measurement holds that one run; it must not leave the question open for ever.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogFailed(logger, exception, canary.Metadata.Key, metric.Name);
            return new(metric.Name, null, null, exception.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Canary}: {Metric} could not be measured")]
    private static partial void LogFailed(ILogger logger, Exception exception, CanaryKey canary, string metric);

    private sealed record Question(string Ticket, DateTimeOffset At, Lazy<Task<EquatableList<Core.Measurement>>> Answers);
}
