using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.ApiServer.Defaulting;

/// <summary>The class of a pod by what its containers ask for.</summary>
internal static class QualityOfService
{
    public static string Of(JsonObject spec)
    {
        List<JsonObject> containers = [.. spec.ObjectsAt("containers")];
        if (containers.All(c => c.ObjectAt("resources", "limits") is null && c.ObjectAt("resources", "requests") is null))
            return "BestEffort";
        return containers.TrueForAll(Guaranteed) ? "Guaranteed" : "Burstable";
    }

    private static bool Guaranteed(JsonObject container) => ((string[])["cpu", "memory"]).All(resource =>
        container.At("resources", "limits", resource) is { } limit
        && Json.Same(limit, container.At("resources", "requests", resource)));
}
