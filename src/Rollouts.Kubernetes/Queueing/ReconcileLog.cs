using Microsoft.Extensions.Logging;

namespace Rollouts.Kubernetes.Queueing;

internal static partial class ReconcileLog
{
    [LoggerMessage(EventId = 300, Level = LogLevel.Debug, Message = "Reconciled {Key} in {Elapsed}, again in {Delay}")]
    public static partial void Reconciled(ILogger logger, object key, TimeSpan elapsed, TimeSpan? delay);

    [LoggerMessage(EventId = 301, Level = LogLevel.Warning, Message = "Reconciling {Key} failed ({Failures} in a row, again in {Delay}): {Why}")]
    public static partial void Failed(ILogger logger, Exception exception, object key, int failures, TimeSpan delay, string why);

    [LoggerMessage(EventId = 302, Level = LogLevel.Error, Message = "Reconciling {Key} failed and is not tried again before it changes: {Why}")]
    public static partial void FailedForGood(ILogger logger, Exception exception, object key, string why);
}
