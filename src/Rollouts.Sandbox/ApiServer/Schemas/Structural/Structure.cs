using System.Text.Json.Nodes;

namespace Rollouts.Sandbox.ApiServer.Schemas.Structural;

/// <summary>One level of an openAPIV3Schema, read once. What stands below properties is read too.</summary>
internal sealed record Structure
{
    /// <summary>The members that an object of Kubernetes always may have.</summary>
    public static readonly IReadOnlyList<string> Identity = ["apiVersion", "kind", "metadata"];

    public static readonly IReadOnlyList<string> TypeMeta = ["apiVersion", "kind"];

    public required JsonObject Source { get; init; }

    public required string? Type { get; init; }

    public required IReadOnlyDictionary<string, Structure> Properties { get; init; }

    /// <summary>The schema of values under keys that are not properties.</summary>
    public required Structure? Values { get; init; }

    /// <summary>additionalProperties is there: as a schema or as a word.</summary>
    public required bool TakesMore { get; init; }

    public required Structure? Items { get; init; }

    public required IReadOnlyList<string> Required { get; init; }

    public required IReadOnlyList<Structure> AllOf { get; init; }

    public required IReadOnlyList<Structure> AnyOf { get; init; }

    public required IReadOnlyList<Structure> OneOf { get; init; }

    public required Structure? Not { get; init; }

    public required bool Nullable { get; init; }

    public required bool IntOrString { get; init; }

    public required bool KeepsUnknown { get; init; }

    public required bool Embedded { get; init; }

    /// <summary>"atomic", "set" or "map".</summary>
    public required string? ListType { get; init; }

    public required IReadOnlyList<string> ListKeys { get; init; }

    public JsonNode? Default => Source["default"];

    public static Structure Read(JsonObject source) => new()
    {
        Source = source,
        Type = Text(source, "type"),
        Properties = (source["properties"] as JsonObject ?? []).ToDictionary(p => p.Key, p => Read(p.Value as JsonObject ?? [])),
        Values = Inner(source, "additionalProperties"),
        TakesMore = source["additionalProperties"] is JsonObject || Flag(source, "additionalProperties"),
        Items = Inner(source, "items"),
        Required = Texts(source, "required"),
        AllOf = Branches(source, "allOf"),
        AnyOf = Branches(source, "anyOf"),
        OneOf = Branches(source, "oneOf"),
        Not = Inner(source, "not"),
        Nullable = Flag(source, "nullable"),
        IntOrString = Flag(source, "x-kubernetes-int-or-string"),
        KeepsUnknown = Flag(source, "x-kubernetes-preserve-unknown-fields"),
        Embedded = Flag(source, "x-kubernetes-embedded-resource"),
        ListType = Text(source, "x-kubernetes-list-type"),
        ListKeys = Texts(source, "x-kubernetes-list-map-keys"),
    };

    public Structure? Member(string name) => Properties.GetValueOrDefault(name) ?? Values;

    public string? Word(string keyword) => Text(Source, keyword);

    public bool Is(string keyword) => Flag(Source, keyword);

    public decimal? Number(string keyword) => Source[keyword] is JsonValue value && Numbers.TryRead(value, out var number) ? number : null;

    private static Structure? Inner(JsonObject source, string keyword) => source[keyword] is JsonObject inner ? Read(inner) : null;

    private static IReadOnlyList<Structure> Branches(JsonObject source, string keyword) =>
        [.. (source[keyword] as JsonArray ?? []).OfType<JsonObject>().Select(Read)];

    private static IReadOnlyList<string> Texts(JsonObject source, string keyword) =>
        [.. (source[keyword] as JsonArray ?? []).Select(t => $"{t}")];

    private static string? Text(JsonObject source, string keyword) =>
        source[keyword] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static bool Flag(JsonObject source, string keyword) =>
        source[keyword] is JsonValue value && value.TryGetValue(out bool set) && set;
}
