using System.Text.Json.Nodes;

namespace Rollouts.Sandbox.Mesh;

/// <summary>The CustomResourceDefinitions of VirtualService and DestinationRule, small: their specs are kept as they come, unchecked.</summary>
public static class IstioDefinitions
{
    public static IReadOnlyList<JsonObject> All { get; } =
        [EmbeddedDefinitions.Read("virtualservices.networking.istio.io"), EmbeddedDefinitions.Read("destinationrules.networking.istio.io")];
}
