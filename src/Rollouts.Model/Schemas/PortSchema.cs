using System.Text.Json;
using System.Text.Json.Nodes;
using Rollouts.Model.Json;

namespace Rollouts.Model.Schemas;

/// <summary>A port number or the name of a container port.</summary>
internal sealed record PortSchema : Schema
{
    public PortSchema(string description) : base(description) => Rules = [InBounds];

    protected override void Describe(JsonFields fields) => fields.Add("x-kubernetes-int-or-string", true);

    protected override void CheckShape(JsonNode node, string path, Findings findings)
    {
        if (JsonCursor.AsLong(node) is null && node.GetValueKind() != JsonValueKind.String)
            findings.Error(path, $"must be a port number or the name of a container port, but is {Shown(node)}");
    }

    private static Rule InBounds { get; } = new(
        "type(self) == int ? self >= 0 && self <= 65535 : size(self) >= 1 && size(self) <= 15",
        "must be a number from 1 to 65535, 0 for the same as port, or a name of 1 to 15 characters",
        node => JsonCursor.AsLong(node) is { } port
            ? port is >= 0 and <= 65535 ? null : ""
            : node.GetValue<string>().Length is >= 1 and <= 15 ? null : "");
}
