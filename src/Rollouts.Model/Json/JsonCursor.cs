using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rollouts.Model.Json;

/// <summary>
/// Reads the fields of one JSON object without ever throwing: a field that is missing, null or of another type reads as null.
/// Whether a field had to be there, and of which type, is the schema's to say.
/// </summary>
internal readonly struct JsonCursor(JsonNode? node)
{
    private readonly JsonObject? fields = node as JsonObject;

    /// <summary>Whether there is an object here at all.</summary>
    public bool Exists => fields is not null;

    public JsonNode? Node(string name) => fields?.TryGetPropertyValue(name, out var value) == true ? value : null;

    public JsonCursor Object(string name) => new(Node(name));

    public string? Text(string name) => AsText(Node(name));

    public bool? Flag(string name) => Node(name) is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : null;

    public int? Integer(string name) => AsLong(Node(name)) is { } number and >= int.MinValue and <= int.MaxValue ? (int)number : null;

    public long? Long(string name) => AsLong(Node(name));

    public double? Number(string name) => AsDouble(Node(name));

    public Weight? Weight(string name) => AsWeight(Node(name));

    public Percentage? Percentage(string name) => Integer(name) is { } percent and >= 0 and <= 100 ? new Percentage(percent) : null;

    public TimeSpan? Duration(string name) => Text(name) is { } text ? DurationText.Parse(text) : null;

    public Interval? Interval(string name) => Duration(name) is { } length && length >= Model.Interval.Shortest ? new Interval(length) : null;

    public DateTimeOffset? Time(string name) => Text(name) is { } text ? TimeText.Parse(text) : null;

    public RawJson? Raw(string name) => Node(name) is { } value ? new RawJson(value) : null;

    public T? Word<T>(string name, Func<T, string> wordOf) where T : struct, Enum
    {
        if (Text(name) is not { } text)
            return null;
        foreach (var value in Enum.GetValues<T>())
            if (wordOf(value) == text)
                return value;
        return null;
    }

    /// <summary>The items that <paramref name="read"/> takes; those that it answers with null are left out.</summary>
    public EquatableList<T> List<T>(string name, Func<JsonNode?, T?> read) where T : class =>
        Node(name) is JsonArray array ? array.Select(read).OfType<T>().ToEquatableList() : [];

    public EquatableList<Weight> Weights(string name) =>
        Node(name) is JsonArray array ? array.Select(AsWeight).OfType<Weight>().ToEquatableList() : [];

    public EquatableList<string> Texts(string name) => List(name, AsText);

    public EquatableList<RawJson> Raws(string name) => List(name, item => item is null ? null : new RawJson(item));

    public EquatableMap Map(string name) =>
        Node(name) is JsonObject map
            ? new EquatableMap(map.SelectMany(entry =>
                AsText(entry.Value) is { } text ? [KeyValuePair.Create(entry.Key, text)] : Array.Empty<KeyValuePair<string, string>>()))
            : EquatableMap.Empty;

    public static string? AsText(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static long? AsLong(JsonNode? node) => node switch
    {
        JsonValue value when value.TryGetValue<int>(out var plain) => plain,
        JsonValue value when value.TryGetValue<long>(out var plain) => plain,
        // 3.0 is an integer in JSON Schema, and an API server hands it on as it came.
        JsonValue value when value.GetValueKind() == JsonValueKind.Number
            && decimal.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && decimal.IsInteger(number) && number is >= long.MinValue and <= long.MaxValue => (long)number,
        _ => null,
    };

    public static double? AsDouble(JsonNode? node) => node switch
    {
        JsonValue value when value.TryGetValue<double>(out var plain) => double.IsFinite(plain) ? plain : null,
        JsonValue value when value.GetValueKind() == JsonValueKind.Number
            && double.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => number,
        _ => null,
    };

    private static Weight? AsWeight(JsonNode? node) => AsLong(node) is { } percent and >= 0 and <= 100 ? new Weight((int)percent) : null;
}
