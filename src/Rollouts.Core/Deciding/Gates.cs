using Rollouts.Core.Gating;
using Rollouts.Model;
using Rollouts.Model.Analysis;
using Rollouts.Model.Status;

namespace Rollouts.Core.Deciding;

/// <summary>
/// What webhooks have said. An answer belongs to one question, and a question to one run and step, so no approval passes from one
/// revision to the next (Flagger's do: D15). A yes opens the gate for good; after a no it is asked again in the next turn of the clock, which
/// costs no write while it says the same.
/// </summary>
internal static class Gates
{
    public static IEnumerable<HookSpec> Of(Turn turn, HookKind kind) => turn.Spec.Analysis.Webhooks.Where(hook => hook.Kind == kind);

    /// <summary>The calls of one kind that still want an answer, by their present questions.</summary>
    public static IEnumerable<GateCall> Calls(Turn turn, HookKind kind) =>
        Of(turn, kind).Where(hook => !IsOpen(turn, hook)).Select(hook => Call(turn, hook));

    /// <summary>Whether every webhook of the kind has said yes in this run and step. True where there is none.</summary>
    public static bool AreOpen(Turn turn, HookKind kind) => Of(turn, kind).All(hook => IsOpen(turn, hook) || Answer(turn, hook) is { Yes: true });

    /// <summary>Whether every webhook of the kind has answered, whatever it said.</summary>
    public static bool AreAnswered(Turn turn, HookKind kind) => Of(turn, kind).All(hook => IsOpen(turn, hook) || Answer(turn, hook) is not null);

    /// <summary>A yes that has come to the present question.</summary>
    public static GateAnswer? Yes(Turn turn, HookKind kind) =>
        Of(turn, kind).Select(hook => Answer(turn, hook)).FirstOrDefault(answer => answer is { Yes: true });

    /// <summary>The first webhook that has not said yes, with what it said last; null where all have.</summary>
    public static (HookSpec Hook, string? Sentence)? Closed(Turn turn, HookKind kind) =>
        Of(turn, kind).FirstOrDefault(hook => !IsOpen(turn, hook) && Answer(turn, hook) is not { Yes: true }) is { } closed
            ? (closed, Answer(turn, closed)?.Sentence ?? (Noted(turn, closed) is { Open: false } noted ? noted.Sentence : null))
            : null;

    /// <summary>The webhook of the kind that said no in the last round of this run; null where none did.</summary>
    public static GateStatus? Refused(Turn turn, HookKind kind) =>
        Of(turn, kind).Select(hook => Noted(turn, hook)).FirstOrDefault(gate => gate is { Open: false, At: not null });

    /// <summary>When the questions of a polled kind are asked again; null where there is none.</summary>
    public static DateTimeOffset? AskedAgainAt(Turn turn, HookKind kind) =>
        turn.Status.Run is null ? null : Of(turn, kind).Select(hook => (DateTimeOffset?)Polling.Next(turn, hook)).Min();

    /// <summary>Keeps the answers of the kind that have come.</summary>
    public static Turn Note(Turn turn, HookKind kind) =>
        Of(turn, kind).Aggregate(turn, (noted, hook) => Answer(turn, hook) is { } answer ? Note(noted, hook, answer) : noted);

    /// <summary>Whether the hook has said yes in this run and step. What is asked in rounds is asked anew each time.</summary>
    private static bool IsOpen(Turn turn, HookSpec hook) =>
        hook.Kind is not (HookKind.Rollout or HookKind.Rollback)
        && Noted(turn, hook) is { Open: true, Key: { } key } && key.StartsWith(Questions.Place(turn, hook), StringComparison.Ordinal);

    private static GateStatus? Noted(Turn turn, HookSpec hook) =>
        turn.Status.Run?.Gates.FirstOrDefault(gate => gate.Kind == hook.Kind && gate.Name == hook.Name);

    private static GateAnswer? Answer(Turn turn, HookSpec hook) =>
        turn.Status.Run is null ? null : turn.Seen.Answers.FirstOrDefault(answer => answer.Name == hook.Name && answer.Key == Questions.Key(turn, hook));

    private static GateCall Call(Turn turn, HookSpec hook) => new(
        hook,
        Questions.Key(turn, hook),
        turn.Status.Phase,
        turn.Run.Revision,
        Checksum.Of(turn.Run.Revision, turn.Status.TrackedConfigs),
        turn.Run.Split,
        turn.Status.FailedChecks);

    private static Turn Note(Turn turn, HookSpec hook, GateAnswer answer)
    {
        // Of what is asked in rounds the time counts; of the others only what is new.
        var known = Noted(turn, hook);
        if (hook.Kind is not (HookKind.Rollout or HookKind.PreRollout) && known is { Open: false } && !answer.Yes && known.Sentence == answer.Sentence)
            return turn;
        var noted = new GateStatus { Name = hook.Name, Kind = hook.Kind, Key = answer.Key, Open = answer.Yes, At = turn.Now, Sentence = answer.Sentence };
        return turn.WithRun(run => run with
        {
            Gates = run.Gates.Where(gate => gate.Kind != hook.Kind || gate.Name != hook.Name).Append(noted).ToEquatableList(),
        });
    }
}
