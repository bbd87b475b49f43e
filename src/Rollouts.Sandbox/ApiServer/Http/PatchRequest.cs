using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.ApiServer.Patching;
using Rollouts.Sandbox.ApiServer.Schemas;
using Rollouts.Sandbox.ApiServer.Writing;

namespace Rollouts.Sandbox.ApiServer.Http;

/// <summary>The change that a PATCH asks for, by the type of its body.</summary>
/// <param name="IsApply">Server-side apply, which makes an object that is not there.</param>
/// <param name="Change">Given the object as it is, or null, makes what it is to be; null refuses.</param>
internal sealed record PatchRequest(bool IsApply, Func<JsonObject?, JsonObject?> Change)
{
    private const string Json = "application/json-patch+json", Merge = "application/merge-patch+json",
        Strategic = "application/strategic-merge-patch+json", ServerSide = "application/apply-patch+yaml";

    /// <param name="fields">The fields of what is patched: of the object, or of its Scale.</param>
    public static async Task<PatchRequest> ReadAsync(HttpContext context, ResourcePath path, FieldSchema fields, DateTimeOffset now, WriteOptions options)
    {
        HttpRequest request = context.Request;
        string type = request.MediaType();
        if (type is not (Json or Merge or Strategic or ServerSide))
            throw Unsupported("415: Unsupported Media Type", new StatusSubject());
        if (type == Strategic && path.Definition.Custom is not null)
            throw Unsupported("the body of the request was in an unknown format - accepted media types include: "
                + $"{Json}, {Merge}, {ServerSide}", null);
        bool force = request.Flag("force");
        CheckApplyOptions(request, type == ServerSide);
        byte[] bytes = await request.ReadBytesAsync();
        if (type == ServerSide)
        {
            JsonObject applied = Configuration(bytes, path, options);
            var writer = new FieldWriter(options.FieldManager, path.Kind.ApiVersion, now, path.Subresource, path.Definition.HasStatus);
            return new PatchRequest(true, current => ServerSideApply.Apply(current, applied, writer, force, fields));
        }
        JsonNode? patch = Parse(bytes, options);
        return new PatchRequest(false, current => current is null ? null : type switch
        {
            Json => Operate(current, patch),
            Merge => MergePatch.ApplyRequest(current, patch),
            _ => StrategicMergePatch.ApplyRequest(current, patch, fields),
        });
    }

    private static JsonObject Operate(JsonObject current, JsonNode? patch)
    {
        try
        {
            return JsonPatchOperations.ApplyRequest(current, patch);
        }
        catch (ApiException refusal) when (refusal.Code == 422)
        {
            throw new ApiException(refusal.Code, refusal.Reason, refusal.Message) { Subject = new StatusSubject() };
        }
    }

    private static JsonNode? Parse(byte[] bytes, WriteOptions options)
    {
        try
        {
            JsonNode? patch = JsonText.Parse(bytes, out IReadOnlyList<string> duplicates);
            options.Duplicates.AddRange(duplicates);
            return patch;
        }
        catch (JsonException malformed)
        {
            throw Refusals.BadRequest($"error decoding patch: {malformed.Message}");
        }
    }

    private static JsonObject Configuration(byte[] bytes, ResourcePath path, WriteOptions options)
    {
        JsonNode? node;
        try
        {
            node = JsonText.Parse(bytes, out IReadOnlyList<string> duplicates);
            if (duplicates.Count > 0 && options.Validation == FieldValidation.Strict)
                throw Refusals.BadRequest($"error decoding YAML: {string.Join(", ", duplicates)}");
        }
        catch (JsonException)
        {
            node = Yaml.Read(bytes);
        }
        if (node is not JsonObject applied)
            throw Refusals.BadRequest("error decoding YAML: the configuration is not an object");
        string expected = path.Subresource == "scale" ? "autoscaling/v1" : path.Kind.ApiVersion;
        if (applied.TextAt("apiVersion") != expected)
            throw Refusals.BadRequest(
                $"Incorrect version specified in apply patch. Specified patch version: {applied.TextAt("apiVersion")}, expected: {expected}");
        if (applied.TextAt("kind") is { } kind && path.Subresource != "scale" && kind != path.Kind.Kind)
            throw new ApiException(500, "", $"failed to merge config: expected objects of the same type, but got {kind} and {path.Kind.Kind}");
        if (applied.At("metadata", "managedFields") is not null)
            throw Refusals.BadRequest("metadata.managedFields must be nil");
        applied.Metadata();
        return applied;
    }

    private static void CheckApplyOptions(HttpRequest request, bool apply)
    {
        var kind = new ResourceKind("meta.k8s.io", "v1", "", "PatchOptions", false);
        if (apply && request.Text("fieldManager") is null or "" && apply)
            throw Refusals.Invalid(kind, "", "FieldValueRequired", "fieldManager", "Required value: is required for apply patch");
        if (!apply && request.Query.ContainsKey("force"))
            throw Refusals.Invalid(kind, "", "FieldValueForbidden", "force", "Forbidden: may not be specified for non-apply patch");
    }

    private static ApiException Unsupported(string message, StatusSubject? subject) =>
        new(415, "UnsupportedMediaType", message) { Subject = subject };
}
