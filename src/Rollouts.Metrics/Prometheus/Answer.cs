using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rollouts.Metrics.Prometheus;

/// <summary>
/// Reads the JSON of an instant query. The sentence of an error is the part after the server's name: "answered with 2 series ...".
/// </summary>
internal static class Answer
{
    public static Measurement Read(HttpStatusCode status, ReadOnlySpan<byte> body)
    {
        try
        {
            Envelope envelope = JsonSerializer.Deserialize<Envelope>(body, JsonSerializerOptions.Web) ?? throw new JsonException();
            return (envelope.Status, envelope.Data) switch
            {
                ("success", { } data) when (int)status is >= 200 and < 300 => Read(data, Warning(envelope)),
                ("error", _) => new Measurement.Error($"answered {(int)status} {envelope.ErrorType}: {OneLine(envelope.Error)}"),
                _ => throw new JsonException(),
            };
        }
        catch (JsonException)
        {
            // A gateway, a log-in page or a wrong port. What it said is not shown: a Canary's author chooses the address and reads the
            // status, and must not come to read with the controller's reach what is not theirs.
            return new Measurement.Error($"answered {(int)status} and {body.Length} bytes that are not Prometheus's JSON; is the address right?");
        }
    }

    private static Measurement Read(Result data, string? warning) => data.ResultType switch
    {
        "scalar" => Number(data.Value?.Deserialize<JsonElement[]>(), warning),
        "vector" => Number(data.Value?.Deserialize<Series[]>(JsonSerializerOptions.Web), warning),
        "matrix" => new Measurement.Error("answered with a range of values; wrap the range in a function such as rate()"),
        { } other => new Measurement.Error($"answered with a {OneLine(other)} where one number is wanted"),
        null => throw new JsonException(),
    };

    private static Measurement Number(Series[]? series, string? warning) => series switch
    {
        [] => new Measurement.NoData("no series matches the query"),
        [{ Value: { } pair }] => Number(pair, warning),
        [{ Histogram: { } }] => new Measurement.Error("answered with a histogram where one number is wanted; use histogram_quantile()"),
        // Flagger silently judges the last one, whichever that is.
        [{ } first, { } second, ..] => new Measurement.Error(
            $"answered with {series.Length} series where one number is wanted ({first.Text}, {second.Text}"
            + $"{(series.Length > 2 ? ", ..." : "")}); aggregate them, for example with sum()"),
        _ => throw new JsonException(),
    };

    private static Measurement Number(JsonElement[]? pair, string? warning) =>
        pair is [_, { ValueKind: JsonValueKind.String } text] && TryParse(text.GetString(), out double value)
            ? double.IsNaN(value)
                ? new Measurement.NoData("the value is not a number, as of zero divided by zero")
                : new Measurement.Number(value, Warning: warning)
            : throw new JsonException();

    private static bool TryParse(string? text, out double value)
    {
        // The invariant culture reads "NaN", but knows the infinities only as a sign or a word.
        value = text switch { "+Inf" => double.PositiveInfinity, "-Inf" => double.NegativeInfinity, _ => 0 };
        return value != 0 || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    private static string? Warning(Envelope envelope) =>
        envelope.Warnings is { Length: > 0 } warnings ? OneLine(string.Join("; ", warnings)) : null;

    // These words end up in a status and in events, which are short lines for people.
    private static string OneLine(string? text)
    {
        string line = string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length switch { 0 => "(no text)", <= 200 => line, _ => line[..200] + "..." };
    }

    private sealed record Envelope(string? Status, Result? Data, string? ErrorType, string? Error, string[]? Warnings);

    private sealed record Result(string? ResultType, [property: JsonPropertyName("result")] JsonElement? Value);

    private sealed record Series(Dictionary<string, string>? Metric, JsonElement[]? Value, JsonElement? Histogram)
    {
        public string Text => OneLine($"{{{string.Join(", ", (Metric ?? []).Select(label => $"{label.Key}=\"{label.Value}\""))}}}");
    }
}
