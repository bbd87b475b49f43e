using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.ApiServer.Writing;

namespace Rollouts.Sandbox.ApiServer.Http;

/// <summary>Reading DeleteOptions, which come as a body or as parameters.</summary>
internal static class DeleteRequest
{
    private static readonly ResourceKind Kind = new("meta.k8s.io", "v1", "", "DeleteOptions", false);

    public static async Task<DeleteOptions> ReadAsync(HttpRequest request)
    {
        long? grace = request.Number("gracePeriodSeconds");
        string? propagation = request.Text("propagationPolicy");
        bool? orphan = request.Text("orphanDependents") is null ? null : request.Flag("orphanDependents");
        IEnumerable<string?> dryRun = request.Query["dryRun"];
        JsonObject? body = null;
        if (request.ContentLength is not 0 && await request.ReadBytesAsync() is { Length: > 0 } bytes)
            body = Parse(bytes);
        var causes = new List<StatusCause>();
        if (body is not null)
        {
            grace = body.NumberAt("gracePeriodSeconds") ?? grace;
            propagation = body.TextAt("propagationPolicy") ?? propagation;
            orphan = body.At("orphanDependents") is JsonValue flag && flag.TryGetValue(out bool orphaned) ? orphaned : orphan;
            dryRun = body.ArrayAt("dryRun")?.Select(v => v.AsText()) ?? dryRun;
        }
        if (propagation is not (null or "Orphan" or "Background" or "Foreground"))
            causes.Add(new StatusCause("FieldValueNotSupported",
                $"Unsupported value: \"{propagation}\": supported values: \"Background\", \"Foreground\", \"Orphan\", \"nil\"", "propagationPolicy"));
        if (orphan is not null && propagation is not null)
            causes.Add(new StatusCause("FieldValueInvalid",
                "Invalid value: orphanDependents and deletionPropagation cannot be both set", "propagationPolicy"));
        bool dry = Query.DryRun(dryRun, causes);
        if (causes.Count > 0)
            throw Refusals.Invalid(Kind, "", causes);
        return new DeleteOptions(
            dry, grace, propagation ?? (orphan switch { true => "Orphan", false => "Background", null => null }),
            body.TextAt("preconditions", "uid"), body.TextAt("preconditions", "resourceVersion"));
    }

    // Upstream answers options that cannot be read with a 500.
    private static JsonObject? Parse(byte[] bytes)
    {
        JsonObject? body;
        try
        {
            body = Body.Parse(bytes, []) as JsonObject;
        }
        catch (ApiException malformed)
        {
            throw new ApiException(500, "", malformed.Message);
        }
        return body.TextAt("kind") is null or "" or "DeleteOptions" ? body
            : throw new ApiException(500, "", $"no kind \"{body.TextAt("kind")}\" is registered for version \"{body.TextAt("apiVersion")}\"");
    }
}
