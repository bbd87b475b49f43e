using System.Text.Json.Nodes;
using Rollouts.Model.Json;

namespace Rollouts.Model.Schemas;

/// <summary>A list of items of one schema, in a spec with a greatest length.</summary>
internal sealed record ListSchema(string Description, Schema Items, int? MaxItems) : Schema(Description)
{
    public int MinItems { get; init; }

    protected override void Describe(JsonFields fields) => fields
        .Add("type", "array")
        .Add("minItems", MinItems == 0 ? null : MinItems)
        .Add("maxItems", MaxItems)
        .Add("items", Items.ToOpenApi());

    protected override void CheckShape(JsonNode node, string path, Findings findings)
    {
        if (node is not JsonArray items)
        {
            findings.Error(path, $"must be a list, but is {Shown(node)}");
            return;
        }
        if (items.Count < MinItems)
            findings.Error(path, "must not be an empty list: add an item or remove the field");
        if (items.Count > MaxItems)
            findings.Error(path, $"must have at most {MaxItems} items, but has {items.Count}");
        for (var index = 0; index < items.Count; index++)
        {
            if (items[index] is { } item)
                Items.Check(item, $"{path}[{index}]", findings);
            else
                findings.Error($"{path}[{index}]", "must not be null: remove it or give it a value");
        }
    }
}
