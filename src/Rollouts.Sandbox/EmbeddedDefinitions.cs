using System.Text.Json.Nodes;

namespace Rollouts.Sandbox;

/// <summary>The CustomResourceDefinitions that this assembly carries, by their names.</summary>
internal static class EmbeddedDefinitions
{
    public static JsonObject Read(string name)
    {
        var assembly = typeof(EmbeddedDefinitions).Assembly;
        using var stream = assembly.GetManifestResourceStream($"{name}.json")
            ?? throw new InvalidOperationException($"{name} is not embedded in {assembly.GetName().Name}");
        return JsonNode.Parse(stream) as JsonObject ?? throw new InvalidOperationException($"{name} is no JSON object");
    }
}
