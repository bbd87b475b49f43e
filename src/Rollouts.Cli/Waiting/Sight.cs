using Rollouts.Core.Stepping;
using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Cli.Waiting;

/// <summary>A Canary and what its target holds, seen at one moment.</summary>
/// <param name="Live">The revision of the target's present template; null where there is no target.</param>
internal sealed record Sight(CanaryReading Canary, string? Live)
{
    public CanaryStatus Status => Canary.Status;

    /// <summary>Nothing moves until a person acts.</summary>
    public bool WaitsForPerson => IsUpToPerson(Status, Canary.Legible is { Suspend: true });

    /// <summary>
    /// The sentence of a controller that does not act on the present spec until a person mends something; null where it does. What was
    /// said of an older spec does not count: the mend may be the very thing that is waited for.
    /// </summary>
    public string? Refusal =>
        Status.Conditions.FirstOrDefault(condition => condition.Type == Condition.Stalled) is { Status: ConditionStatus.True } stalled
        && stalled.Reason != nameof(Phase.Failed) && stalled.ObservedGeneration >= Canary.Metadata.Generation
            ? stalled.Message
            : null;

    private static bool IsUpToPerson(CanaryStatus status, bool suspended) => status.Phase switch
    {
        Phase.WaitingPromotion => true,
        Phase.Progressing => suspended || status.Run is { } run && (run.Paused is not null || StepProgram.IsUpToPerson(run)),
        Phase.Waiting => suspended,
        Phase.Initializing or Phase.Initialized or Phase.Promoting or Phase.Finalising or Phase.Succeeded or Phase.Failed or Phase.Terminating => false,
    };
}
