using System.Globalization;
using System.Text.RegularExpressions;

namespace Rollouts.Sandbox.ApiServer.Catalog;

/// <summary>Upstream's order of API versions: v2, v1, v1beta2, v1beta1, v1alpha1, then other words by the alphabet.</summary>
internal sealed partial class VersionOrder : IComparer<string>
{
    public static readonly VersionOrder NewestFirst = new();

    public int Compare(string? x, string? y)
    {
        int byRank = Rank(y).CompareTo(Rank(x));
        return byRank != 0 ? byRank : string.CompareOrdinal(x, y);
    }

    private static (int Stage, int Major, int Minor) Rank(string? version)
    {
        Match parts = Form().Match(version ?? "");
        if (!parts.Success)
            return (0, 0, 0);
        int stage = parts.Groups[2].Value switch { "alpha" => 1, "beta" => 2, _ => 3 };
        return (stage, Number(parts.Groups[1].Value), Number(parts.Groups[3].Value));
    }

    private static int Number(string digits) => digits.Length == 0 ? 0 : int.Parse(digits, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\Av([1-9][0-9]{0,8})(?:(alpha|beta)([1-9][0-9]{0,8}))?\z")]
    private static partial Regex Form();
}
