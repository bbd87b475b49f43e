using System.Globalization;
using System.Text.RegularExpressions;
using Rollouts.Model.Analysis;

namespace Rollouts.Core.Routing;

/// <summary>How a cookie <c>name=value</c> is asked for and given.</summary>
internal static class CookieText
{
    /// <summary>
    /// A pattern (RE2, over the whole Cookie header) for exactly this cookie. Flagger's has no bounds, so that a cookie whose name or
    /// value only ends or begins alike is taken for it.
    /// </summary>
    public static string Pattern(string cookie) => $@"^(.*;\s*)?{Regex.Escape(cookie)}(;.*)?$";

    /// <summary>The Set-Cookie header by which it is given for so long.</summary>
    public static string Give(string cookie, TimeSpan maxAge, AffinitySpec affinity) =>
        Line(cookie, Math.Max(1, (long)Math.Ceiling(maxAge.TotalSeconds)), affinity);

    /// <summary>The Set-Cookie header by which it is taken back. Browsers only forget a cookie when domain and path are those it was given with.</summary>
    public static string TakeBack(string cookie, AffinitySpec affinity) => Line(cookie, -1, affinity);

    /// <summary>The cookie that a Set-Cookie header gives or takes back.</summary>
    public static string CookieOf(string line) => line.Split(';')[0];

    private static string Line(string cookie, long seconds, AffinitySpec affinity) => string.Join("; ", Parts(cookie, seconds, affinity));

    private static IEnumerable<string> Parts(string cookie, long seconds, AffinitySpec affinity)
    {
        yield return cookie;
        yield return string.Create(CultureInfo.InvariantCulture, $"Max-Age={seconds}");
        if (affinity.Path is { } path)
            yield return $"Path={path}";
        if (affinity.Domain is { } domain)
            yield return $"Domain={domain}";
        if (affinity.HttpOnly)
            yield return "HttpOnly";
        if (affinity.Secure)
            yield return "Secure";
        if (affinity.SameSite is { } sameSite)
            yield return $"SameSite={sameSite}";
        if (affinity.Partitioned)
            yield return "Partitioned";
    }
}
