using Rollouts.Core.Phases;
using Rollouts.Core.Tests.Building;
using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Core.Tests.Living;

/// <summary>What holds in every decision, whatever happened before.</summary>
internal static class Laws
{
    public static void Check(Observation seen, Decision decision)
    {
        var (before, after) = (seen.Status, decision.Status);
        if (before.Phase != after.Phase)
            Enum.GetValues<Signal>().Should().Contain(signal => PhaseMachine.CanFire(before.Phase, signal) && PhaseMachine.Fire(before.Phase, signal) == after.Phase);
        (decision.LookAgainAt ?? DateTimeOffset.MaxValue).Should().BeAfter(seen.Now, "a wakeup in the past is a loop");
        after.Message.Should().NotBeNullOrWhiteSpace();
        Numbers(after).Should().BeInAscendingOrder();
        OnlyPromotesWhatPassed(seen, before, after);
        MovesTrafficOnlyForGoodReason(seen, before, after);
        RecordsEveryRunOnce(before, after);
    }

    private static void OnlyPromotesWhatPassed(Observation seen, CanaryStatus before, CanaryStatus after)
    {
        if (before.StableRevision is not null && after.StableRevision != before.StableRevision && before.Phase != Phase.Initializing)
            (before.Phase, after.StableRevision, seen.Primary?.Revision).Should().Be((Phase.Promoting, before.Run?.Revision, before.Run?.Revision));
        if (after.Phase != Phase.Promoting || before.Phase == Phase.Promoting)
            return;
        var isAsked = after.LastControls.GetValueOrDefault("promote") != before.LastControls.GetValueOrDefault("promote");
        var hasPassed = before.Run?.Split == new Split(new Weight(60)) && after.Run!.Verdicts.All(verdict => verdict.Verdict == Verdict.Pass);
        (isAsked || hasPassed).Should().BeTrue("nothing is promoted that was neither analysed nor approved");
    }

    private static void MovesTrafficOnlyForGoodReason(Observation seen, CanaryStatus before, CanaryStatus after)
    {
        if (after.CanaryWeight <= before.CanaryWeight)
            return;
        (seen.Target?.Workload.Revision, after.Phase, seen.Route.Split).Should().Be((after.Run?.Revision, Phase.Progressing, before.Run?.Split));
        seen.Target!.Workload.ReadyEndpoints.Should().BePositive();
    }

    private static void RecordsEveryRunOnce(CanaryStatus before, CanaryStatus after)
    {
        after.History.Select(run => run.Run).Should().OnlyHaveUniqueItems();
        // What only waited to be let in was no run yet.
        if (before is { Phase: not Phase.Waiting, Run: { } run } && after.Run?.Id != run.Id && before.Phase is not (Phase.Succeeded or Phase.Failed))
            after.History.Should().Contain(record => record.Run == run.Id, "no run disappears");
    }

    private static IEnumerable<long> Numbers(CanaryStatus status) => status.Journal.Select(entry => entry.Number);
}
