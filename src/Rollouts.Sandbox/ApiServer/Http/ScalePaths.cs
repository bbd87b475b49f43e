using Rollouts.Sandbox.ApiServer.Catalog;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.ApiServer.Http;

/// <summary>Where an object keeps what its Scale shows.</summary>
internal sealed record ScalePaths(string[] Replicas, string[] StatusReplicas, string[]? Selector)
{
    private static readonly ScalePaths BuiltIn = new(["spec", "replicas"], ["status", "replicas"], null);

    public static ScalePaths Of(KindDefinition definition)
    {
        if (definition.Custom?[definition.Kind.Version].Content.ObjectAt("subresources", "scale") is not { } scale)
            return BuiltIn;
        return new ScalePaths(
            Split(scale.TextAt("specReplicasPath")!), Split(scale.TextAt("statusReplicasPath")!),
            scale.TextAt("labelSelectorPath") is { Length: > 0 } selector ? Split(selector) : null);
    }

    private static string[] Split(string path) => path.TrimStart('.').Split('.');
}
