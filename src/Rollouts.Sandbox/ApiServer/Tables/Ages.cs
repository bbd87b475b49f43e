using System.Globalization;
using Rollouts.Sandbox.ApiServer.Schemas;

namespace Rollouts.Sandbox.ApiServer.Tables;

/// <summary>How long ago something was, in the words of kubectl.</summary>
internal static class Ages
{
    public static string Since(string? timestamp, DateTimeOffset now) => timestamp is null ? "<unknown>"
        : DateTimeOffset.TryParse(timestamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset then)
            ? HumanDuration.Of(now - then)
            : "<invalid>";
}
