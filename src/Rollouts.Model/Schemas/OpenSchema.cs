using System.Text.Json.Nodes;
using Rollouts.Model.Json;

namespace Rollouts.Model.Schemas;

/// <summary>An object whose fields are a mesh's to define: all of them are kept as they come.</summary>
internal sealed record OpenSchema(string Description) : Schema(Description)
{
    protected override void Describe(JsonFields fields) => fields.Add("type", "object").Add("x-kubernetes-preserve-unknown-fields", true);

    protected override void CheckShape(JsonNode node, string path, Findings findings)
    {
        if (node is not JsonObject)
            findings.Error(path, $"must be an object with fields, but is {Shown(node)}");
    }
}
