using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Rollouts.Sandbox.Mesh.Translating;

namespace Rollouts.Sandbox.Mesh.Routing;

/// <summary>Istio's HeaderOperations, for one direction.</summary>
internal sealed record HeaderChanges(
    IReadOnlyDictionary<string, string> Set, IReadOnlyDictionary<string, string> Add, IReadOnlyList<string> Remove)
{
    public static HeaderChanges From(JsonNode? operations) =>
        new(operations.MapAt("set"), operations.MapAt("add"), [.. operations.TextsAt("remove")]);

    public void ApplyTo(IHeaderDictionary headers)
    {
        foreach (var name in Remove)
            headers.Remove(name);
        foreach (var (name, value) in Set)
            headers[name] = value;
        foreach (var (name, value) in Add)
            headers[name] = StringValues.Concat(headers[name], value);
    }
}
