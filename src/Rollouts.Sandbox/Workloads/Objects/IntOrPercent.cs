using System.Globalization;
using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.Workloads.Objects;

/// <summary>A number of pods, absolute (<c>2</c>) or as a share of all (<c>"25%"</c>).</summary>
internal static class IntOrPercent
{
    public static int Resolve(JsonNode? value, int total, bool roundUp)
    {
        if (value.AsNumber() is { } number)
            return (int)number;
        if (value.AsText() is not [.. var percent, '%'] || !int.TryParse(percent, NumberStyles.None, CultureInfo.InvariantCulture, out int share))
            return 0;
        long scaled = (long)share * total;
        return (int)(roundUp ? (scaled + 99) / 100 : scaled / 100);
    }
}
