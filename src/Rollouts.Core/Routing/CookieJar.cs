using System.Security.Cryptography;
using System.Text;
using Rollouts.Model;
using Rollouts.Model.Analysis;
using Rollouts.Model.Status;

namespace Rollouts.Core.Routing;

/// <summary>Which cookies session affinity needs.</summary>
public static class CookieJar
{
    private const int Letters = 10;

    /// <summary>
    /// The cookies for where traffic goes next. While the candidate takes requests it has its cookie, and the primary if the Canary names
    /// one for it; once it takes none its cookie is the one to be taken back.
    /// </summary>
    public static Cookies Next(Cookies present, AffinitySpec? affinity, CanaryMetadata canary, string runId, Traffic wanted)
    {
        if (affinity is null)
            return Cookies.None;
        if (wanted.Split.Candidate == Weight.Zero)
            return new Cookies(null, null, present.Candidate ?? present.Previous);
        var candidate = Keep(present.Candidate, affinity.CookieName) ?? Make(affinity.CookieName, canary, runId);
        return new Cookies(
            candidate,
            affinity.PrimaryCookieName is { } name ? Keep(present.Primary, name) ?? Make(name, canary, runId) : null,
            // Somebody renamed the cookie in mid-run: the one that was given until now is the one to be taken back.
            present.Candidate is { } given && given != candidate ? given : present.Previous);
    }

    private static string? Keep(string? cookie, string name) => cookie?.StartsWith($"{name}=", StringComparison.Ordinal) is true ? cookie : null;

    // Derived, not drawn: a decision that is made twice must come out the same. It has to be told from those of other runs, not kept secret.
    private static string Make(string name, CanaryMetadata canary, string runId)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{canary.Uid}/{runId}/{name}"));
        return $"{name}={string.Concat(digest.Take(Letters).Select(digit => (char)('a' + (digit % 26))))}";
    }
}
