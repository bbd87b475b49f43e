using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.ApiServer.Http;

/// <summary>Reading what a request carries.</summary>
internal static class Body
{
    /// <summary>The media type of the body; a missing one is read as JSON.</summary>
    public static string MediaType(this HttpRequest request) =>
        request.ContentType is { Length: > 0 } type ? type.Split(';')[0].Trim() : "application/json";

    /// <exception cref="ApiException">415 for a body of another type than JSON or YAML.</exception>
    public static async Task<JsonObject> ReadObjectAsync(this HttpRequest request, List<string> duplicates)
    {
        string type = request.MediaType();
        if (type is not ("application/json" or "application/yaml"))
            throw new ApiException(415, "UnsupportedMediaType",
                "the body of the request was in an unknown format - accepted media types include: application/json, application/yaml");
        byte[] bytes = await request.ReadBytesAsync();
        JsonNode? body = type == "application/yaml" ? Yaml.Read(bytes) : Parse(bytes, duplicates);
        return body as JsonObject ?? throw Refusals.BadRequest("the object provided is unrecognized (must be of type Object)");
    }

    public static async Task<byte[]> ReadBytesAsync(this HttpRequest request)
    {
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, request.HttpContext.RequestAborted);
        return buffer.ToArray();
    }

    /// <param name="duplicates">Gets the path of every key that occurs twice in its object; the last one counts.</param>
    /// <exception cref="ApiException">400 where the text is not JSON.</exception>
    public static JsonNode? Parse(byte[] bytes, List<string> duplicates)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes);
            reader.Read();
            JsonNode? node = Node(ref reader, "", duplicates);
            return reader.Read() ? throw new JsonException("more than one value") : node;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            throw Refusals.BadRequest($"couldn't get version/kind; json parse error: {malformed.Message}");
        }
    }

    private static JsonNode? Node(ref Utf8JsonReader reader, string path, List<string> duplicates)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var members = new JsonObject();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    string name = reader.GetString()!, where = path.Length == 0 ? name : $"{path}.{name}";
                    reader.Read();
                    JsonNode? member = Node(ref reader, where, duplicates);
                    if (members.ContainsKey(name))
                        duplicates.Add(where);
                    members[name] = member;
                }
                return members;
            case JsonTokenType.StartArray:
                var items = new JsonArray();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    items.Add(Node(ref reader, $"{path}[{items.Count}]", duplicates));
                return items;
            case JsonTokenType.String:
                return JsonValue.Create(reader.GetString());
            case JsonTokenType.Null:
                return null;
            default:
                return JsonNode.Parse(reader.ValueSpan);
        }
    }
}
