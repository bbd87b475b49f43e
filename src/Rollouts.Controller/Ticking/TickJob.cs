using Quartz;
using Rollouts.Kubernetes;
using Rollouts.Kubernetes.Queueing;

namespace Rollouts.Controller.Ticking;

/// <summary>Puts the Canary of its trigger on the work queue, and does nothing else.</summary>
internal sealed class TickJob(WorkQueue<ResourceKey> queue, Ticker ticker, TimeProvider time) : IJob
{
    public const string Namespace = "namespace";
    public const string Name = "name";
    public const string Number = "number";

    public static JobKey Key { get; } = new("tick");

    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var data = context.Trigger.JobDataMap;
        var key = new ResourceKey(data.GetString(Namespace) ?? "", data.GetString(Name) ?? "");
        ticker.Fired(key, data.GetLong(Number));
        // Triggers of one batch fire together, up to the batch's window early; before its time a look finds nothing and would ask for the
        // same tick again.
        var early = context.Trigger.StartTimeUtc - time.GetUtcNow();
        queue.AddAfter(key, early > TimeSpan.Zero ? early : TimeSpan.Zero);
        return ValueTask.CompletedTask;
    }
}
