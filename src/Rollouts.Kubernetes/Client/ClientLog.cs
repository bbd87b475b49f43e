using Microsoft.Extensions.Logging;

namespace Rollouts.Kubernetes.Client;

internal static partial class ClientLog
{
    [LoggerMessage(EventId = 100, Level = LogLevel.Information, Message = "{Request} was answered 429, it is sent again in {Wait}")]
    public static partial void Throttled(ILogger logger, string request, TimeSpan wait);
}
