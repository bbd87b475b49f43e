using System.Text;

namespace Rollouts.Metrics.Prometheus;

/// <summary>Writes values into PromQL so that no name can change what a query asks.</summary>
internal static class PromQl
{
    private const string RegexOperators = """\.+*?()|[]{}^$""";

    /// <summary>A window such as <c>1m30s</c>: largest unit first, each unit once, or Prometheus does not parse it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The window is below a millisecond, Prometheus's resolution.</exception>
    public static string Duration(TimeSpan window)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(window, TimeSpan.FromMilliseconds(1));
        var text = new StringBuilder();
        foreach ((long amount, string unit) in new[]
        {
            ((long)window.TotalHours, "h"), (window.Minutes, "m"), (window.Seconds, "s"), (window.Milliseconds, "ms"),
        })
        {
            if (amount > 0)
                text.Append(amount).Append(unit);
        }

        return text.ToString();
    }

    /// <summary>For a place between double quotes that is compared as it stands.</summary>
    public static string Escaped(string value) =>
        value.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n");

    /// <summary>
    /// For a place between double quotes that is a regular expression: a dot, which a Deployment's name may hold, matches only a dot.
    /// Prometheus anchors the expression on both sides.
    /// </summary>
    public static string EscapedPattern(string value) =>
        Escaped(string.Concat(value.Select(letter => RegexOperators.Contains(letter) ? $"\\{letter}" : $"{letter}")));
}
