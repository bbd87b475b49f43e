using System.Globalization;
using System.Text;

namespace Rollouts.Sandbox.Prometheus.Scraping;

/// <summary>Prometheus' text format 0.0.4: <c>name{label="value"} 1.5 [time]</c>, a line each.</summary>
internal static class ExpositionFormat
{
    /// <exception cref="FormatException">A line is neither a sample nor a comment.</exception>
    public static IEnumerable<ExposedSample> Read(string text) =>
        text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#').Select(Sample);

    private static ExposedSample Sample(string line)
    {
        var end = line.IndexOfAny(['{', ' ', '\t']);
        if (end <= 0)
            throw Malformed(line);
        var labels = new List<KeyValuePair<string, string>> { new(Storage.Labels.MetricName, line[..end]) };
        if (line[end] == '{')
            ReadLabels(line, labels, ref end);

        var parts = line[end..].Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        long time = 0;
        if (parts.Length is 0 or > 2 || Number(parts[0]) is not { } value
            || (parts.Length == 2 && !long.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out time)))
            throw Malformed(line);
        return new ExposedSample(labels, value, parts.Length == 2 ? time : null);
    }

    // From the opening brace to behind the closing one.
    private static void ReadLabels(string line, List<KeyValuePair<string, string>> labels, ref int at)
    {
        at++;
        while (at < line.Length && line[at] != '}')
        {
            var equals = line.IndexOf('=', at);
            if (equals < 0 || equals + 1 >= line.Length || line[equals + 1] != '"')
                throw Malformed(line);
            var name = line[at..equals].Trim();
            at = equals + 2;
            labels.Add(new(name, ReadValue(line, ref at)));
            while (at < line.Length && line[at] is ',' or ' ')
                at++;
        }
        if (at++ >= line.Length)
            throw Malformed(line);
    }

    // From behind the opening quote to behind the closing one.
    private static string ReadValue(string line, ref int at)
    {
        var value = new StringBuilder();
        for (; at < line.Length && line[at] != '"'; at++)
        {
            if (line[at] == '\\' && at + 1 < line.Length)
                value.Append(line[++at] switch { 'n' => '\n', var other => other });
            else
                value.Append(line[at]);
        }
        if (at++ >= line.Length)
            throw Malformed(line);
        return value.ToString();
    }

    private static double? Number(string text) => text switch
    {
        "+Inf" or "Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        "NaN" => double.NaN,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
    };

    private static FormatException Malformed(string line) => new($"not a sample of the text format: {line}");
}
