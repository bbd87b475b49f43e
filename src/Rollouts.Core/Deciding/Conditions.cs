using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Core.Deciding;

/// <summary>The conditions that a phase means: Flagger's Promoted, and the three of kstatus that GitOps tools wait for.</summary>
internal static class Conditions
{
    public static EquatableList<Condition> For(CanaryStatus status, long generation, DateTimeOffset now)
    {
        var reason = status.Phase.ToString();
        var settled = status.Phase is Phase.Initialized or Phase.Succeeded;
        var failed = status.Phase is Phase.Failed;
        return
        [
            Make(Condition.Promoted, settled ? ConditionStatus.True : failed ? ConditionStatus.False : ConditionStatus.Unknown),
            Make(Condition.Ready, settled ? ConditionStatus.True : ConditionStatus.False),
            Make(Condition.Reconciling, settled || failed ? ConditionStatus.False : ConditionStatus.True),
            Make(Condition.Stalled, failed ? ConditionStatus.True : ConditionStatus.False),
        ];

        Condition Make(string type, ConditionStatus value) => Next(status, type, value, reason, status.Message ?? "", generation, now);
    }

    /// <summary>Nothing is acted on until a person mends what the message says; what was promoted stays as it was.</summary>
    public static EquatableList<Condition> Refused(CanaryStatus status, string reason, string message, long generation, DateTimeOffset now) =>
    [
        .. status.Conditions.Where(condition => condition.Type == Condition.Promoted),
        Next(status, Condition.Ready, ConditionStatus.False, reason, message, generation, now),
        Next(status, Condition.Reconciling, ConditionStatus.False, reason, message, generation, now),
        Next(status, Condition.Stalled, ConditionStatus.True, reason, message, generation, now),
    ];

    private static Condition Next(
        CanaryStatus status, string type, ConditionStatus value, string reason, string message, long generation, DateTimeOffset now)
    {
        var before = status.Conditions.FirstOrDefault(condition => condition.Type == type);
        return new Condition
        {
            Type = type,
            Status = value,
            Reason = reason,
            Message = message,
            LastTransitionTime = before is not null && before.Status == value ? before.LastTransitionTime : now,
            ObservedGeneration = generation,
        };
    }
}
