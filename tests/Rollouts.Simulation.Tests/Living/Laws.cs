using System.Text.Json.Nodes;
using Rollouts.Core;
using Rollouts.Core.Judging;
using Rollouts.Core.Phases;
using Rollouts.Core.Routing;
using Rollouts.Core.Stepping;
using Rollouts.Model;
using Rollouts.Model.Analysis;
using Rollouts.Model.Status;
using static Rollouts.Simulation.Tests.Living.LawBroken;

namespace Rollouts.Simulation.Tests.Living;

/// <summary>What holds in every decision and every write, whatever happened before.</summary>
internal sealed class Laws : IWitness
{
    private static readonly HashSet<(Phase, Phase)> Table =
    [
        .. from phase in Enum.GetValues<Phase>()
           from signal in Enum.GetValues<Signal>()
           where PhaseMachine.CanFire(phase, signal)
           select (phase, PhaseMachine.Fire(phase, signal)),
    ];

    private readonly List<(DateTimeOffset At, CanaryStatus Status)> story = [];

    /// <summary>Every decision in a line: two runs are the same when these are.</summary>
    public IEnumerable<string> Story =>
        story.Select(told => $"{told.At:HH:mm:ss.fff} {told.Status.Phase} {new Split(told.Status.CanaryWeight)} {told.Status.StepProgress} {told.Status.Message}");

    public void Decided(Observation seen, Decision decision)
    {
        var (before, after) = (seen.Status, decision.Status);
        story.Add((seen.Now, after));
        Unless(before.Phase == after.Phase || Table.Contains((before.Phase, after.Phase)), $"no signal leads from {before.Phase} to {after.Phase}");
        Unless(decision.LookAgainAt is not { } again || again > seen.Now, "a wakeup in the past is a loop");
        Unless(!string.IsNullOrWhiteSpace(after.Message), "it always says what is going on");
        Unless(after == before || CanaryStatus.Parse(after.ToJson()) == after, "what is written is what is read back");
        Unless(after.Journal.Zip(after.Journal.Skip(1)).All(pair => pair.First.Number < pair.Second.Number), "the journal counts up");
        OnlyPromotesWhatPassed(seen, before, after);
        GivesTrafficOnlyToTheCandidate(seen, before, after);
        RecordsEveryRunOnce(seen, before, after);
    }

    public void Writes(Observation seen, CanaryStatus status, ObjectId id, JsonObject? wanted) => SafeWrites.Check(seen, status, id, wanted);

    private static void OnlyPromotesWhatPassed(Observation seen, CanaryStatus before, CanaryStatus after)
    {
        if (before.StableRevision is not null && after.StableRevision != before.StableRevision && before.Phase != Phase.Initializing)
            Unless(before.Phase == Phase.Promoting && after.StableRevision == before.Run?.Revision && seen.Primary?.Revision == after.StableRevision, "stable is what the primary was promoted to");
        if (after.Phase != Phase.Promoting || before.Phase == Phase.Promoting)
            return;
        var (spec, run) = (seen.Canary.Canary!.Spec, before.Run!);
        var isAsked = after.LastControls.GetValueOrDefault("promote") != before.LastControls.GetValueOrDefault("promote");
        var isRescue = seen.Primary is { ReadyEndpoints: 0 } && spec.Analysis.Promotion == PromotionMode.Automatic;
        Unless(isAsked || spec.SkipAnalysis || run.Proven || isRescue || HasPassed(spec.Analysis, before, after), "nothing is promoted that was neither analysed nor approved");
        Unless(seen.Target!.Workload.Revision == run.Revision, "only the revision under test is promoted");
    }

    private static bool HasPassed(AnalysisSpec analysis, CanaryStatus before, CanaryStatus after) =>
        (before.Phase == Phase.WaitingPromotion || Place.Of(StepProgram.Of(analysis), before.Run!).Next >= StepProgram.Of(analysis).Count)
        && (analysis.Metrics.Count == 0
            || (after.Run!.Verdicts.Count == analysis.Metrics.Count && Verdicts.Sum(after.Run.Verdicts, analysis) == Verdict.Pass));

    private static void GivesTrafficOnlyToTheCandidate(Observation seen, CanaryStatus before, CanaryStatus after)
    {
        if (after.CanaryWeight <= before.CanaryWeight)
            return;
        Unless(after.Phase == Phase.Progressing && seen.Target!.Workload.Revision == after.Run!.Revision, "only the candidate of a run is given traffic");
        Unless(seen.Target!.Workload.ReadyEndpoints > 0, "only a ready candidate is given traffic");
        Unless(seen.Route.IsAt(Traffic.Of(before.Run!)), "no step is taken before the route was seen at the one before");
    }

    private static void RecordsEveryRunOnce(Observation seen, CanaryStatus before, CanaryStatus after)
    {
        Unless(after.History.Select(run => run.Run).Distinct().Count() == after.History.Count, "a run ends once");
        // What only waited to be let in was no run yet.
        if (seen.Canary.Canary?.Spec.HistoryLimit > 0 && after.Run?.Id != before.Run?.Id
            && before is { Run: { } run, Phase: Phase.Progressing or Phase.WaitingPromotion or Phase.Promoting or Phase.Finalising })
            Unless(after.History.Any(record => record.Run == run.Id), "no run disappears");
    }
}
