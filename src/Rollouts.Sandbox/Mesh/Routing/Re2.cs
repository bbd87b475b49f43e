using System.Text.RegularExpressions;

namespace Rollouts.Sandbox.Mesh.Routing;

/// <summary>Regular expressions as Envoy knows them: without look-arounds and back references.</summary>
internal static class Re2
{
    /// <returns>null where it is none.</returns>
    public static Regex? Parse(string? pattern)
    {
        try
        {
            return pattern is null ? null : new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
