using System.Text.Json.Nodes;

namespace Rollouts.Model.Json;

/// <summary>Writes an object's fields in the order they are given; what is null or empty is left out.</summary>
internal sealed class JsonFields
{
    private readonly JsonObject fields = [];

    public JsonFields Add(string name, JsonNode? value)
    {
        if (value is not null)
            fields.Add(name, value);
        return this;
    }

    public JsonFields Add(string name, DateTimeOffset? time) => Add(name, time is { } at ? JsonValue.Create(TimeText.Format(at)) : null);

    public JsonFields Add<T>(string name, EquatableList<T> items, Func<T, JsonNode?> write) =>
        Add(name, items.Count == 0 ? null : new JsonArray([.. items.Select(write)]));

    public JsonFields Add(string name, EquatableMap map) =>
        Add(name, map.Count == 0 ? null : new JsonObject(map.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value))));

    public JsonObject ToObject() => fields;
}
