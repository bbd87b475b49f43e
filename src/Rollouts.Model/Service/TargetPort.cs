using System.Text.Json.Nodes;
using Rollouts.Model.Json;

namespace Rollouts.Model.Service;

/// <summary>The port of the pods: a number or the name of a container port.</summary>
public abstract record TargetPort
{
    private TargetPort() { }

    /// <summary>The value for a Service's <c>targetPort</c>.</summary>
    public abstract JsonNode ToNode();

    public sealed record Number(int Port) : TargetPort
    {
        public override JsonNode ToNode() => JsonValue.Create(Port);
    }

    public sealed record Named(string Name) : TargetPort
    {
        public override JsonNode ToNode() => JsonValue.Create(Name);
    }

    // 0 means "as the Service's port" to Flagger, so it does here.
    internal static TargetPort? Read(JsonCursor json, string name) =>
        json.Integer(name) is { } port
            ? port == 0 ? null : new Number(port)
            : json.Text(name) is { } text ? new Named(text) : null;
}
