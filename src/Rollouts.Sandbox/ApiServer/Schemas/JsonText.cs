using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rollouts.Sandbox.ApiServer.Schemas;

/// <summary>JSON as a request brings it: a member may stand there twice, which Go and kubectl allow and JsonNode does not.</summary>
public static class JsonText
{
    /// <param name="duplicates">One <c>duplicate field "data.a"</c> for each member that stands there again; the last one counts.</param>
    /// <exception cref="JsonException">The text is not one JSON value.</exception>
    public static JsonNode? Parse(ReadOnlySpan<byte> utf8, out IReadOnlyList<string> duplicates)
    {
        var found = new List<string>();
        var reader = new Utf8JsonReader(utf8);
        reader.Read();
        var node = Read(ref reader, "", found);
        if (reader.Read())
            throw new JsonException("There is text after the top-level value.");
        duplicates = [.. found.Distinct()];
        return node;
    }

    private static JsonNode? Read(ref Utf8JsonReader reader, string path, List<string> duplicates)
    {
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            var list = new JsonArray();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                list.Add(Read(ref reader, $"{path}[{list.Count}]", duplicates));
            return list;
        }

        if (reader.TokenType != JsonTokenType.StartObject)
            return reader.TokenType == JsonTokenType.Null ? null : JsonValue.Create(JsonElement.ParseValue(ref reader));

        var obj = new JsonObject();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            var below = path.Length > 0 ? $"{path}.{name}" : name;
            reader.Read();
            var value = Read(ref reader, below, duplicates);
            if (obj.ContainsKey(name))
                duplicates.Add($"duplicate field \"{below}\"");
            obj[name] = value;
        }

        return obj;
    }
}
