using System.Globalization;

namespace Rollouts.Sandbox.Prometheus.Serving;

/// <summary>Numbers as Prometheus' API writes them: values as text without exponents, times in seconds.</summary>
internal static class SampleText
{
    public static string Value(double value)
    {
        if (double.IsNaN(value))
            return "NaN";
        if (double.IsInfinity(value))
            return value > 0 ? "+Inf" : "-Inf";
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        return shortest.Contains('E', StringComparison.Ordinal) ? Expanded(shortest) : shortest;
    }

    public static string Time(long milliseconds) => milliseconds % 1000 == 0
        ? (milliseconds / 1000).ToString(CultureInfo.InvariantCulture)
        : (milliseconds / 1000m).ToString("0.000", CultureInfo.InvariantCulture);

    // 1.5E-07 is 0.00000015.
    private static string Expanded(string scientific)
    {
        var sign = scientific[0] == '-' ? "-" : "";
        var parts = scientific.TrimStart('-').Split('E');
        var digits = parts[0].Replace(".", "", StringComparison.Ordinal);
        var point = 1 + int.Parse(parts[1], CultureInfo.InvariantCulture);
        return sign + (point <= 0
            ? "0." + new string('0', -point) + digits
            : digits.PadRight(point, '0'));
    }
}
