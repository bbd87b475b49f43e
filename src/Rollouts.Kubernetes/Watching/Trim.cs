using System.Text.Json.Nodes;

namespace Rollouts.Kubernetes.Watching;

/// <summary>Cuts for <see cref="InformerOptions.Trim"/>.</summary>
public static class Trim
{
    /// <summary>Two fifths of what an object takes in memory; keep them where who wrote what is asked.</summary>
    public static void ManagedFields(JsonObject obj) => (obj["metadata"] as JsonObject)?.Remove("managedFields");
}
