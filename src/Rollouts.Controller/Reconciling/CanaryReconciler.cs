using Rollouts.Controller.Converging;
using Rollouts.Controller.Observing;
using Rollouts.Controller.Reporting;
using Rollouts.Controller.Ticking;
using Rollouts.Core.Blueprints;
using Rollouts.Core.Deciding;
using Rollouts.Kubernetes;
using Rollouts.Kubernetes.Queueing;

namespace Rollouts.Controller.Reconciling;

/// <summary>
/// The way of one reconcile: look, decide, commit, converge, report. Start reading here. What was decided counts once it is committed;
/// whatever fails afterwards is done again from the committed status, by this process or the next.
/// </summary>
internal sealed class CanaryReconciler(Observer observer, Ledger ledger, Converger converger, Reporter reporter, Ticker ticker)
    : IReconciler<ResourceKey>
{
    public async Task<Next> ReconcileAsync(ResourceKey key, CancellationToken cancellation)
    {
        if (observer.Look(key) is not { } sight)
        {
            reporter.Forget(key);
            await ticker.SetAsync(key, null, cancellation);
            return Next.Done;
        }

        var decision = Decider.Decide(sight.Seen);
        await ledger.CommitAsync(sight, decision.Status, cancellation);
        await ticker.SetAsync(key, decision.LookAgainAt, cancellation);
        await converger.ConvergeAsync(key, Blueprint.For(sight.Seen, decision.Status), cancellation);
        await reporter.PublishAsync(sight, decision.Status, cancellation);
        return Next.Done;
    }
}
