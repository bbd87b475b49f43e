using Rollouts.Model.Json;
using Rollouts.Model.Schemas;

namespace Rollouts.Model.Analysis;

/// <summary>The shape of <c>spec.analysis.sessionAffinity</c>.</summary>
internal static class AffinitySchema
{
    public static ObjectSchema Affinity { get; } = new("Cookies by which a user who saw the candidate keeps seeing it.")
    {
        Required = ["cookieName"],
        Fields = new()
        {
            ["cookieName"] = Name("Name of the candidate's cookie."),
            ["primaryCookieName"] = Name("Name of the primary's cookie, another than cookieName."),
            ["maxAge"] = IntegerSchema.Count("Seconds that the cookies live; default 86400."),
            ["domain"] = new TextSchema("Domain attribute of the cookies."),
            ["path"] = new TextSchema("Path attribute of the cookies.") { MaxLength = 1024 },
            ["httpOnly"] = new FlagSchema("HttpOnly attribute of the cookies; default false."),
            ["secure"] = new FlagSchema("Secure attribute of the cookies; default false."),
            ["partitioned"] = new FlagSchema("Partitioned attribute of the cookies; default false."),
            ["sameSite"] = new TextSchema("SameSite attribute of the cookies.") { Words = ["Strict", "Lax", "None"] },
        },
        Rules =
        [
            Rule.Of(
                "!has(self.primaryCookieName) || self.primaryCookieName != self.cookieName",
                "needs two different cookie names: change primaryCookieName",
                affinity => new JsonCursor(affinity).Text("primaryCookieName") is not { } primary || primary != new JsonCursor(affinity).Text("cookieName")),
        ],
    };
    // RFC 6265 takes a token; with any other character the browser would take the line for something else.
    private static TextSchema Name(string description) => new(description)
    {
        MinLength = 1,
        Pattern = "^[-A-Za-z0-9!#$%&'*+.^_`|~]+$",
        PatternMeans = "a cookie's name: letters, digits and !#$%&'*+-.^_`|~, without spaces, = and ;",
    };
}
