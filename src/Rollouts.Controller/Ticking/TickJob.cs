using Quartz;
using Rollouts.Kubernetes;
using Rollouts.Kubernetes.Queueing;

namespace Rollouts.Controller.Ticking;

/// <summary>Puts the Canary of its trigger on the work queue, and does nothing else.</summary>
internal sealed class TickJob(WorkQueue<ResourceKey> queue, Ticker ticker) : IJob
{
    public const string Namespace = "namespace";
    public const string Name = "name";

    public static JobKey Key { get; } = new("tick");

    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var data = context.Trigger.JobDataMap;
        var key = new ResourceKey(data.GetString(Namespace) ?? "", data.GetString(Name) ?? "");
        ticker.Fired(key);
        queue.Add(key);
        return ValueTask.CompletedTask;
    }
}
