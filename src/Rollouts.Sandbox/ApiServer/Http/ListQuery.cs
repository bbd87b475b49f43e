using Microsoft.AspNetCore.Http;

namespace Rollouts.Sandbox.ApiServer.Http;

/// <summary>Which state of a list is asked for, and how much of it.</summary>
internal sealed record ListQuery(long? Limit, ContinueToken? Continue, long? Revision, bool Exact, bool Selecting)
{
    public static ListQuery Of(HttpRequest request)
    {
        ListRules.Check(request);
        long? revision = request.Revision(), limit = request.Number("limit");
        string? match = request.Text("resourceVersionMatch");
        ContinueToken? next = request.Text("continue") is { Length: > 0 } token ? ContinueToken.Parse(token) : null;
        // A page at no exact revision shows the newest state; only from the cache (0) there are no pages.
        bool exact = match == "Exact" || (match is null or "" && limit > 0 && revision > 0);
        return new ListQuery(
            revision == 0 ? null : limit, next, revision, exact,
            request.Text("labelSelector") is { Length: > 0 } || request.Text("fieldSelector") is { Length: > 0 });
    }
}
