using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Rollouts.Sandbox.ApiServer.Http.Protobuf;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.ApiServer.Schemas;

namespace Rollouts.Sandbox.ApiServer.Http;

/// <summary>Reading what a request carries.</summary>
internal static class Body
{
    /// <summary>The media type of the body; a missing one is read as JSON.</summary>
    public static string MediaType(this HttpRequest request) =>
        request.ContentType is { Length: > 0 } type ? type.Split(';')[0].Trim() : "application/json";

    /// <exception cref="ApiException">415 for a body of another type than JSON, YAML or the part of protobuf that is known.</exception>
    public static async Task<JsonObject> ReadObjectAsync(this HttpRequest request, List<string> duplicates)
    {
        string type = request.MediaType();
        if (type is not ("application/json" or "application/yaml" or "application/vnd.kubernetes.protobuf"))
            throw new ApiException(415, "UnsupportedMediaType",
                "the body of the request was in an unknown format - accepted media types include: application/json, application/yaml");
        byte[] bytes = await request.ReadBytesAsync();
        JsonNode? body = type switch
        {
            "application/yaml" => Yaml.Read(bytes),
            "application/vnd.kubernetes.protobuf" => ProtoBody.Read(bytes),
            _ => Parse(bytes, duplicates),
        };
        return body as JsonObject ?? throw Refusals.BadRequest("the object provided is unrecognized (must be of type Object)");
    }

    public static async Task<byte[]> ReadBytesAsync(this HttpRequest request)
    {
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, request.HttpContext.RequestAborted);
        return buffer.ToArray();
    }

    /// <param name="duplicates">Gets a sentence for every key that stands twice in its object; the last one counts.</param>
    /// <exception cref="ApiException">400 where the text is not JSON.</exception>
    public static JsonNode? Parse(byte[] bytes, List<string> duplicates)
    {
        try
        {
            JsonNode? node = JsonText.Parse(bytes, out IReadOnlyList<string> found);
            duplicates.AddRange(found);
            return node;
        }
        catch (JsonException malformed)
        {
            throw Refusals.BadRequest($"couldn't get version/kind; json parse error: {malformed.Message}");
        }
    }
}
