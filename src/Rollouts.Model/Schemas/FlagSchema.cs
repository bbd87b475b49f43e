using System.Text.Json;
using System.Text.Json.Nodes;
using Rollouts.Model.Json;

namespace Rollouts.Model.Schemas;

/// <summary>True or false.</summary>
internal sealed record FlagSchema(string Description) : Schema(Description)
{
    protected override void Describe(JsonFields fields) => fields.Add("type", "boolean");

    protected override void CheckShape(JsonNode node, string path, Findings findings)
    {
        if (node.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False))
            findings.Error(path, $"must be true or false, without quotes, but is {Shown(node)}");
    }
}
