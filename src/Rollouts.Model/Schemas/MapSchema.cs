using System.Text.Json.Nodes;
using Rollouts.Model.Json;

namespace Rollouts.Model.Schemas;

/// <summary>Text under names that the user chooses, such as labels.</summary>
internal sealed record MapSchema(string Description) : Schema(Description)
{
    public int? MaxEntries { get; init; } = 100;

    public TextSchema Entry { get; init; } = new("One entry.") { MaxLength = 65536 };

    protected override void Describe(JsonFields fields) => fields
        .Add("type", "object")
        .Add("maxProperties", MaxEntries)
        .Add("additionalProperties", Entry.ToOpenApi());

    protected override void CheckShape(JsonNode node, string path, Findings findings)
    {
        if (node is not JsonObject entries)
        {
            findings.Error(path, $"must be an object of names and texts, but is {Shown(node)}");
            return;
        }
        if (entries.Count > MaxEntries)
            findings.Error(path, $"must have at most {MaxEntries} entries, but has {entries.Count}");
        foreach (var (name, value) in entries)
        {
            if (value is null)
                findings.Error($"{path}[{name}]", "must be text, but is null: give it a value or remove it");
            else
                Entry.Check(value, $"{path}[{name}]", findings);
        }
    }
}
