using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Rollouts.Sandbox.ApiServer.Http;

/// <summary>Writing answers as the API server writes them.</summary>
internal static class Answers
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task WriteAsync(this HttpResponse response, int code, JsonNode body, string contentType = "application/json")
    {
        response.StatusCode = code;
        response.ContentType = contentType;
        byte[] bytes = Bytes(body);
        response.ContentLength = bytes.Length;
        if (response.HttpContext.Request.Method != HttpMethods.Head)
            await response.Body.WriteAsync(bytes);
    }

    /// <summary>The answer to a read, in the format that the caller wants.</summary>
    public static Task WriteAsync(this HttpResponse response, JsonObject body, Representation representation)
    {
        if (!representation.Yaml)
            return response.WriteAsync(200, body);
        response.ContentType = "application/yaml";
        return response.WriteAsync(Model.Json.Yaml.Write(Sorted(body)));
    }

    public static Task WriteRefusalAsync(this HttpResponse response, ApiException refusal)
    {
        if (refusal.RetryAfter is { } seconds)
            response.Headers.RetryAfter = $"{seconds}";
        return response.WriteAsync(refusal.Code, Status(refusal));
    }

    public static async Task WriteTextAsync(this HttpResponse response, int code, string text)
    {
        response.StatusCode = code;
        response.ContentType = "text/plain; charset=utf-8";
        await response.WriteAsync(text);
    }

    public static byte[] Bytes(JsonNode body)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Compact))
            body.WriteTo(writer);
        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    public static JsonObject Status(ApiException refusal)
    {
        var status = new JsonObject
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = refusal.Continue is { } token ? new JsonObject { ["continue"] = token } : new JsonObject(),
            ["status"] = "Failure",
            ["message"] = refusal.Message,
        };
        if (refusal.Reason.Length > 0)
            status["reason"] = refusal.Reason;
        if (refusal.Subject is not null || refusal.Causes.Count > 0 || refusal.RetryAfter is not null)
            status["details"] = Details(refusal);
        status["code"] = refusal.Code;
        return status;
    }

    /// <summary>That an object was deleted, where the object itself is not the answer.</summary>
    public static JsonObject Deleted(ResourceKind kind, string name, string uid)
    {
        var details = new JsonObject { ["name"] = name };
        if (kind.Group.Length > 0)
            details["group"] = kind.Group;
        details["kind"] = kind.Plural;
        details["uid"] = uid;
        return new JsonObject
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject(),
            ["status"] = "Success",
            ["details"] = details,
        };
    }

    // Upstream writes YAML with its keys by the alphabet, whatever the order of JSON is.
    private static JsonNode Sorted(JsonNode node) => node switch
    {
        JsonObject members => new JsonObject(members.OrderBy(m => m.Key, StringComparer.Ordinal)
            .Select(m => KeyValuePair.Create(m.Key, m.Value is { } value ? Sorted(value) : null))),
        JsonArray items => new JsonArray([.. items.Select(i => i is null ? null : Sorted(i))]),
        _ => node.DeepClone(),
    };

    private static JsonObject Details(ApiException refusal)
    {
        var details = new JsonObject();
        Add(details, "name", refusal.Subject?.Name);
        Add(details, "group", refusal.Subject?.Group);
        Add(details, "kind", refusal.Subject?.Kind);
        Add(details, "uid", refusal.Subject?.Uid);
        if (refusal.Causes.Count > 0)
            details["causes"] = new JsonArray([.. refusal.Causes.Select(Cause)]);
        if (refusal.RetryAfter is { } seconds)
            details["retryAfterSeconds"] = seconds;
        return details;
    }

    private static JsonObject Cause(StatusCause cause)
    {
        var written = new JsonObject();
        Add(written, "reason", cause.Reason);
        Add(written, "message", cause.Message);
        Add(written, "field", cause.Field);
        return written;
    }

    private static void Add(JsonObject owner, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            owner[name] = value;
    }
}
