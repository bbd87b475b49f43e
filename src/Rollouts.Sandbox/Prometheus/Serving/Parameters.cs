using System.Globalization;
using Microsoft.AspNetCore.Http;
using Rollouts.Sandbox.Prometheus.Querying;

namespace Rollouts.Sandbox.Prometheus.Serving;

/// <summary>The parameters of an API call, from the URL or from a posted form.</summary>
internal sealed class Parameters(IReadOnlyDictionary<string, string> values)
{
    public static async Task<Parameters> ReadAsync(HttpRequest request)
    {
        var values = request.Query.ToDictionary(pair => pair.Key, pair => $"{pair.Value}");
        if (request.HasFormContentType)
        {
            foreach (var (name, value) in await request.ReadFormAsync())
                values[name] = $"{value}";
        }
        return new Parameters(values);
    }

    public string? Find(string name) => values.GetValueOrDefault(name);

    public string Query => Find("query") ?? "";

    /// <summary>A time as seconds since 1970 or in RFC 3339; in milliseconds.</summary>
    public long? Time(string name)
    {
        if (Find(name) is not { Length: > 0 } text)
            return null;
        if (Seconds(text) is { } seconds)
            return seconds;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.ToUnixTimeMilliseconds()
            : throw Invalid(name, $"cannot parse \"{text}\" to a valid timestamp");
    }

    public long RequiredTime(string name) => Time(name) ?? throw Invalid(name, "cannot parse \"\" to a valid timestamp");

    /// <summary>A duration as seconds or as <c>1m30s</c>; in milliseconds.</summary>
    public long RequiredDuration(string name)
    {
        var text = Find(name) ?? "";
        var duration = Seconds(text) ?? (long?)PromDuration.Parse(text)?.TotalMilliseconds
            ?? throw Invalid(name, $"cannot parse \"{text}\" to a valid duration");
        return duration > 0 ? duration : throw Invalid(name, "zero or negative query resolution step widths are not accepted. Try a positive integer");
    }

    public static QueryException Invalid(string name, string message) => new("bad_data", $"invalid parameter \"{name}\": {message}");

    private static long? Seconds(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && double.IsFinite(seconds)
            ? (long)Math.Round(seconds * 1000)
            : null;
}
