using Rollouts.Model.Json;

namespace Rollouts.Model.Analysis;

/// <summary>Cookies by which a user who saw the candidate keeps seeing it.</summary>
public sealed record AffinitySpec
{
    /// <summary>Name of the candidate's cookie.</summary>
    public required string CookieName { get; init; }

    /// <summary>Name of the primary's cookie; null: users of the primary are not kept there.</summary>
    public string? PrimaryCookieName { get; init; }

    /// <summary>How long the candidate's cookie lives.</summary>
    public TimeSpan MaxAge { get; init; } = Defaults.CookieAge;

    public string? Domain { get; init; }

    public string? Path { get; init; }

    public bool HttpOnly { get; init; }

    public bool Secure { get; init; }

    public bool Partitioned { get; init; }

    /// <summary>Strict, Lax or None.</summary>
    public string? SameSite { get; init; }

    internal static AffinitySpec? Read(JsonCursor json) =>
        json.Text("cookieName") is { } name
            ? new AffinitySpec
            {
                CookieName = name,
                PrimaryCookieName = json.Text("primaryCookieName"),
                // Flagger reads 0 as the default too.
                MaxAge = json.Integer("maxAge") is { } seconds and > 0 ? TimeSpan.FromSeconds(seconds) : Defaults.CookieAge,
                Domain = json.Text("domain"),
                Path = json.Text("path"),
                HttpOnly = json.Flag("httpOnly") ?? false,
                Secure = json.Flag("secure") ?? false,
                Partitioned = json.Flag("partitioned") ?? false,
                SameSite = json.Text("sameSite"),
            }
            : null;
}
