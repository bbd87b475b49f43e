using System.Globalization;
using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.Workloads.Apps;

/// <summary>
/// How a pod answers requests. Each setting is an environment variable of its first container or, where that is missing, an
/// annotation of the pod:
/// <list type="table">
/// <item><c>FAKE_APP_ERROR_RATE</c>, <c>fake-app/error-rate</c>: the share of requests answered with 500, <c>0.05</c> or <c>5%</c>; default 0.</item>
/// <item><c>FAKE_APP_LATENCY</c>, <c>fake-app/latency</c>: the median time to an answer, <c>20ms</c> or <c>1.5s</c>; default 0.</item>
/// <item><c>FAKE_APP_LATENCY_P99</c>, <c>fake-app/latency-p99</c>: the time that one request in a hundred exceeds; see <see cref="Latency"/>.</item>
/// <item><c>FAKE_APP_VERSION</c>, <c>fake-app/version</c>: the version shown in the answer; default the tag of the image.</item>
/// </list>
/// </summary>
/// <param name="ErrorRate">0 to 1.</param>
internal sealed record AppBehavior(double ErrorRate, Latency Latency, string Version)
{
    /// <exception cref="FormatException">A setting cannot be read; the message names it and shows what it should look like.</exception>
    public static AppBehavior Of(JsonObject pod)
    {
        JsonObject? container = pod.ObjectsAt("spec", "containers").FirstOrDefault();
        return new AppBehavior(
            Read(pod, container, "ERROR_RATE", Share) ?? 0,
            Latency.Of(Read(pod, container, "LATENCY", Duration), Read(pod, container, "LATENCY_P99", Duration)),
            Setting(pod, container, "VERSION").Value ?? Tag(container.TextAt("image") ?? ""));
    }

    private static T? Read<T>(JsonObject pod, JsonObject? container, string name, Func<string, string, T> parse) where T : struct
    {
        var (source, value) = Setting(pod, container, name);
        return value is null ? null : parse(source, value);
    }

    private static (string Source, string? Value) Setting(JsonObject pod, JsonObject? container, string name)
    {
        string variable = $"FAKE_APP_{name}", annotation = $"fake-app/{name.ToLowerInvariant().Replace('_', '-')}";
        string? value = container.ObjectsAt("env").LastOrDefault(e => e.TextAt("name") == variable).TextAt("value");
        return value is not null ? (variable, value) : (annotation, pod.TextAt("metadata", "annotations", annotation));
    }

    private static double Share(string source, string text)
    {
        string number = text.TrimEnd('%');
        bool percent = number.Length == text.Length - 1;
        return double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value)
            && (percent ? value / 100 : value) is >= 0 and <= 1 and var share
            ? share
            : throw new FormatException($"{source}: \"{text}\" is no share of requests, as in \"0.05\" or \"5%\"");
    }

    private static TimeSpan Duration(string source, string text)
    {
        var (number, unit) = text.EndsWith("ms", StringComparison.Ordinal) ? (text[..^2], 0.001)
            : text.EndsWith('s') ? (text[..^1], 1)
            : ("", 0);
        return double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) && value * unit <= 600
            ? TimeSpan.FromSeconds(value * unit)
            : throw new FormatException($"{source}: \"{text}\" is no time up to ten minutes, as in \"20ms\" or \"1.5s\"");
    }

    // The tag follows the last colon, unless that belongs to the registry's port.
    private static string Tag(string image)
    {
        string last = image[(image.LastIndexOf('/') + 1)..];
        int colon = last.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? "latest" : last[(colon + 1)..];
    }
}
