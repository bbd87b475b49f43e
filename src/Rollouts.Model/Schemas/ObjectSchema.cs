using System.Text.Json.Nodes;
using Rollouts.Model.Json;

namespace Rollouts.Model.Schemas;

/// <summary>An object with named fields. A field that is null counts as missing, as in the API server.</summary>
internal sealed record ObjectSchema(string Description) : Schema(Description)
{
    public OrderedDictionary<string, Schema> Fields { get; init; } = [];

    public string[] Required { get; init; } = [];

    /// <summary>Fields of which exactly one must be there, as OpenAPI's <c>oneOf</c> says it.</summary>
    public string[] OneOf { get; init; } = [];

    protected override IEnumerable<Rule> AllRules => OneOf.Length == 0 ? Rules : [ExactlyOne, .. Rules];

    protected override void Describe(JsonFields fields) => fields
        .Add("type", "object")
        .Add("required", Required.ToEquatableList(), name => name)
        .Add("oneOf", OneOf.ToEquatableList(), name => new JsonObject { ["required"] = new JsonArray(name) })
        .Add("properties", new JsonObject(Fields.Select(field => KeyValuePair.Create(field.Key, (JsonNode?)field.Value.ToOpenApi()))));

    protected override void CheckShape(JsonNode node, string path, Findings findings)
    {
        if (node is not JsonObject present)
        {
            findings.Error(path, $"must be an object with fields, but is {Shown(node)}");
            return;
        }
        foreach (var (name, schema) in Fields)
        {
            if (present.TryGetPropertyValue(name, out var value) && value is not null)
                schema.Check(value, $"{path}.{name}", findings);
            else if (Required.Contains(name))
                findings.Error($"{path}.{name}", $"is missing: {schema.Description}");
        }
        foreach (var (name, _) in present)
            if (!Fields.ContainsKey(name))
                findings.Warn(FieldError.Unknown($"{path}.{name}", name, Fields.Keys));
    }

    // The oneOf alone would do, but what an API server says of it names no field.
    private Rule ExactlyOne => new(
        $"[{string.Join(", ", OneOf.Select(name => $"has(self.{name})"))}].exists_one(given, given)",
        $"needs exactly one of {string.Join(", ", OneOf)}: add what is missing or remove what is too much",
        node => node is JsonObject present && OneOf.Where(name => present[name] is not null).ToList() is { Count: not 1 } given
            ? given.Count == 0 ? "" : $".{given[1]}"
            : null);
}
