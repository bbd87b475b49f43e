using System.Text.Json.Nodes;

namespace Rollouts.Sandbox.Mesh;

/// <summary>The CustomResourceDefinitions of VirtualService and DestinationRule, small: their specs are kept as they come, unchecked.</summary>
public static class IstioDefinitions
{
    public static IReadOnlyList<JsonObject> All { get; } = [Read("virtualservices"), Read("destinationrules")];

    private static JsonObject Read(string plural)
    {
        var assembly = typeof(IstioDefinitions).Assembly;
        using var stream = assembly.GetManifestResourceStream($"{plural}.networking.istio.io.json")
            ?? throw new InvalidOperationException($"{plural} is not embedded in {assembly.GetName().Name}");
        return JsonNode.Parse(stream) as JsonObject ?? throw new InvalidOperationException($"{plural} is no JSON object");
    }
}
