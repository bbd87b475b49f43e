using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Rollouts.Sandbox.ApiServer.Schemas.Structural;

/// <summary>The formats of strings that kube-apiserver checks; any other word is not checked, as there.</summary>
internal static partial class Formats
{
    public static bool Fits(string text, string format) => format switch
    {
        "date-time" or "datetime" => DateTimes().IsMatch(text) && IsTime(text),
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "duration" => Durations().IsMatch(text),
        "ipv4" => IsAddress(text, AddressFamily.InterNetwork),
        "ipv6" => IsAddress(text, AddressFamily.InterNetworkV6),
        "cidr" => IPNetwork.TryParse(text, out _),
        "uri" => Uri.TryCreate(text, UriKind.Absolute, out _),
        "hostname" => text.Length <= 255 && Hostnames().IsMatch(text),
        "email" => Emails().IsMatch(text),
        "mac" => Macs().IsMatch(text),
        "uuid" or "uuid3" or "uuid4" or "uuid5" => Guid.TryParse(text, out _),
        "byte" => Convert.TryFromBase64String(text, new byte[text.Length], out _),
        _ => true,
    };

    private static bool IsTime(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out _);

    // IPAddress reads "1.2.3" as 1.2.0.3.
    private static bool IsAddress(string text, AddressFamily family) => IPAddress.TryParse(text, out var address)
        && address.AddressFamily == family && (family != AddressFamily.InterNetwork || text.Count(c => c == '.') == 3);

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$")]
    private static partial Regex DateTimes();

    [GeneratedRegex(@"^[+-]?(\d+(\.\d*)?(ns|us|µs|ms|s|m|h|d|w))+$|^0$")]
    private static partial Regex Durations();

    [GeneratedRegex(@"^[a-zA-Z0-9]([-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?(\.[a-zA-Z0-9]([-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?)*$")]
    private static partial Regex Hostnames();

    [GeneratedRegex(@"^[^@\s]+@[^@\s]+$")]
    private static partial Regex Emails();

    [GeneratedRegex(@"^([0-9a-fA-F]{2}[:-]){5}[0-9a-fA-F]{2}$")]
    private static partial Regex Macs();
}
