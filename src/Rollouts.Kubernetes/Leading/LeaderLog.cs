using Microsoft.Extensions.Logging;

namespace Rollouts.Kubernetes.Leading;

internal static partial class LeaderLog
{
    [LoggerMessage(EventId = 400, Level = LogLevel.Information, Message = "{Identity} leads, term {Term}")]
    public static partial void Leads(ILogger logger, string identity, long term);

    [LoggerMessage(EventId = 401, Level = LogLevel.Information, Message = "Waiting for the lease that {Holder} holds")]
    public static partial void Waits(ILogger logger, string holder);

    [LoggerMessage(EventId = 402, Level = LogLevel.Warning, Message = "The lease could not be acquired: {Why}")]
    public static partial void NotAcquired(ILogger logger, string why);

    [LoggerMessage(EventId = 403, Level = LogLevel.Warning, Message = "The lease could not be renewed, {Left} are left: {Why}")]
    public static partial void NotRenewed(ILogger logger, TimeSpan left, string why);

    [LoggerMessage(EventId = 404, Level = LogLevel.Warning, Message = "Term {Term} is lost: {Why}")]
    public static partial void Lost(ILogger logger, long term, string why);

    [LoggerMessage(EventId = 405, Level = LogLevel.Information, Message = "Term {Term} ended and the lease is released")]
    public static partial void Released(ILogger logger, long term);

    [LoggerMessage(EventId = 406, Level = LogLevel.Warning, Message = "The lease of term {Term} could not be released, it runs out by itself: {Why}")]
    public static partial void NotReleased(ILogger logger, long term, string why);
}
