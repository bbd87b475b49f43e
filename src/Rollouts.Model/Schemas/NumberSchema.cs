using System.Text.Json;
using System.Text.Json.Nodes;
using Rollouts.Model.Json;

namespace Rollouts.Model.Schemas;

/// <summary>Any number.</summary>
internal sealed record NumberSchema(string Description) : Schema(Description)
{
    public double? Min { get; init; }

    public double? Max { get; init; }

    protected override void Describe(JsonFields fields) =>
        fields.Add("type", "number").Add("format", "double").Add("minimum", Min).Add("maximum", Max);

    protected override void CheckShape(JsonNode node, string path, Findings findings)
    {
        if (JsonCursor.AsDouble(node) is not { } number)
            findings.Error(path, $"must be a number, without quotes, but is {Shown(node)}");
        else if (number < Min)
            findings.Error(path, $"must be at least {Min}, but is {Shown(node)}");
        else if (number > Max)
            findings.Error(path, $"must be at most {Max}, but is {Shown(node)}");
    }
}
