using Microsoft.Extensions.Logging;

namespace Rollouts.Kubernetes.Watching;

internal static partial class WatchLog
{
    [LoggerMessage(EventId = 200, Level = LogLevel.Information, Message = "Listed {Count} {Type} at version {Version}")]
    public static partial void Listed(ILogger logger, int count, ResourceType type, string version);

    [LoggerMessage(EventId = 201, Level = LogLevel.Debug, Message = "The watch of {Type} resumes at version {Version}: {Why}")]
    public static partial void Resumes(ILogger logger, ResourceType type, string version, string why);

    [LoggerMessage(EventId = 202, Level = LogLevel.Information, Message = "The watch of {Type} lists again: {Why}")]
    public static partial void ListsAgain(ILogger logger, ResourceType type, string why);

    [LoggerMessage(EventId = 203, Level = LogLevel.Warning, Message = "{Type} cannot be watched (failure {Failures} in a row, next try in {Wait}): {Why}")]
    public static partial void Failed(ILogger logger, ResourceType type, int failures, TimeSpan wait, string why);

    [LoggerMessage(EventId = 204, Level = LogLevel.Error, Message = "A handler failed on the change of {Key}")]
    public static partial void HandlerFailed(ILogger logger, Exception exception, ResourceKey key);
}
