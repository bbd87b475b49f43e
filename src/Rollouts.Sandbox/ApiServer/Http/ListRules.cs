using Microsoft.AspNetCore.Http;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.ApiServer.Http;

/// <summary>Which parameters of a list or a watch go together, as upstream's ListOptions validation has it.</summary>
internal static class ListRules
{
    private static readonly ResourceKind ListOptions = new("meta.k8s.io", "v1", "", "ListOptions", false);

    public static void Check(HttpRequest request)
    {
        string match = request.Text("resourceVersionMatch") ?? "", revision = request.Text("resourceVersion") ?? "";
        bool watching = request.Flag("watch"), paging = request.Text("continue") is { Length: > 0 };
        var causes = new List<StatusCause>();
        if (match.Length > 0)
        {
            if (watching)
                Forbid(causes, "resourceVersionMatch", "resourceVersionMatch is forbidden for watch");
            if (revision.Length == 0)
                Forbid(causes, "resourceVersionMatch", "resourceVersionMatch is forbidden unless resourceVersion is provided");
            if (paging)
                Forbid(causes, "resourceVersionMatch", "resourceVersionMatch is forbidden when continue is provided");
            if (match is not ("Exact" or "NotOlderThan"))
                causes.Add(new StatusCause("FieldValueNotSupported",
                    $"Unsupported value: \"{match}\": supported values: \"Exact\", \"NotOlderThan\", \"\"", "resourceVersionMatch"));
            if (match == "Exact" && revision == "0")
                Forbid(causes, "resourceVersionMatch", "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"");
        }
        if (causes.Count > 0)
            throw Refusals.Invalid(ListOptions, "", causes);
        if (paging && revision is not ("" or "0"))
            throw Refusals.BadRequest("specifying resource version is not allowed when using continue");
    }

    private static void Forbid(List<StatusCause> causes, string field, string why) =>
        causes.Add(new StatusCause("FieldValueForbidden", $"Forbidden: {why}", field));
}
