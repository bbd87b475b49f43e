using Rollouts.Core.Explaining;
using Rollouts.Model;

namespace Rollouts.Core.Deciding;

/// <summary>
/// What keeps a Canary from being acted on at all: a spec with errors, somebody else's Canary or object in the way. Traffic stays as it
/// is. A Canary that is being deleted is let go all the same.
/// </summary>
internal static class Refusal
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The most that a label's value, which is how our objects are told, may have.</summary>
    private const int LongestName = 63;

    public static Decision? Of(Observation seen)
    {
        if (Reason(seen) is not { } refusal)
            return null;
        var (reason, message) = refusal;
        var status = seen.Status;
        var generation = seen.Canary.Metadata.Generation;
        return new Decision(
            status with
            {
                Message = message,
                ObservedGeneration = generation,
                Conditions = Conditions.Refused(status, reason, message, generation, seen.Now),
                LastTransitionTime = status.LastTransitionTime ?? seen.Now,
                Journal = status.Message == message ? status.Journal : status.Journal.Tell(seen.Now, reason, message, warning: true),
            },
            // What is in the way may go without an event that names this Canary. Looking costs no request.
            seen.Now + Patience);
    }

    public static (string Reason, string Message)? Reason(Observation seen)
    {
        if (seen.Canary.Metadata.DeletionTimestamp is not null)
            return null;
        if (seen.Canary.Errors.Count > 0)
            return ("InvalidSpec", Refusals.InvalidSpec(seen.Canary.Errors));
        if (seen.Canary.Metadata.Key.Name.Length > LongestName)
            return ("NameTooLong", Refusals.LongName(LongestName));
        if (seen.Canary.Actionable is { } canary && seen.Status.Target is { } target && target != Names.Of(canary).Identity)
            return ("TargetChanged", Refusals.TargetChanged(target));
        if (seen.Rival is { } rival)
            return ("Conflict", Refusals.Rival(rival));
        if (seen.Strangers is [var stranger, ..])
            return ("NameTaken", Refusals.Stranger(stranger, seen.Canary.Metadata.Key.Name));
        if (seen is { Target.Selector: null, Canary.Canary.Spec.Target.Kind: not TargetKind.Service })
            return ("NoSelectorLabel", Refusals.NoSelector(seen.SelectorLabels));
        if (seen is { Canary.Canary.Spec.Autoscaler: { } named, Scaler: null, IsAtRest: true })
            return ("NoAutoscaler", Refusals.ScalerMissing(ScalerFacts.IdOf(named)));
        if (seen is { Target.Problem: { } problem, IsAtRest: true })
            return ("TargetUnfit", problem);
        if (seen is { Target.Selector: { } selector, PrimarySelector: { } primary } && !selector.Fits(primary))
            return ("SelectorChanged", Refusals.SelectorChanged);
        return null;
    }
}
