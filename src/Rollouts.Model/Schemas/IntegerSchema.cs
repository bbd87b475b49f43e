using System.Text.Json.Nodes;
using Rollouts.Model.Json;

namespace Rollouts.Model.Schemas;

/// <summary>
/// A whole number within bounds. Flagger's CRD says <c>number</c>, and one <c>stepWeight: 0.5</c> then stopped its watch of all Canaries.
/// </summary>
internal sealed record IntegerSchema(string Description, long Min, long Max) : Schema(Description)
{
    public static IntegerSchema Percent(string description, int min = 0) => new(description, min, 100);

    public static IntegerSchema Count(string description, int min = 0) => new(description, min, int.MaxValue);

    /// <summary>A number that only grows, such as a generation.</summary>
    public static IntegerSchema Long(string description) => new(description, 0, long.MaxValue);

    protected override void Describe(JsonFields fields)
    {
        fields.Add("type", "integer").Add("format", Max > int.MaxValue ? "int64" : "int32").Add("minimum", Min);
        if (Max < int.MaxValue)
            fields.Add("maximum", Max);
    }

    protected override void CheckShape(JsonNode node, string path, Findings findings)
    {
        if (JsonCursor.AsLong(node) is not { } number)
            findings.Error(path, $"must be a whole number{Bounds}, without quotes, but is {Shown(node)}");
        else if (number < Min || number > Max)
            findings.Error(path, $"must be a whole number{Bounds}, but is {Shown(node)}");
    }

    private string Bounds => Max < int.MaxValue ? $" from {Min} to {Max}" : $" of at least {Min}";
}
