using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.ApiServer.Converting;

/// <summary>The order in which upstream writes members: Go's of the struct for built-in kinds, the alphabet's for custom ones.</summary>
internal static class MemberOrder
{
    private static readonly string[] Root = ["kind", "apiVersion", "metadata"];

    private static readonly string[] Metadata =
    [
        "name", "generateName", "namespace", "selfLink", "uid", "resourceVersion", "generation", "creationTimestamp", "deletionTimestamp",
        "deletionGracePeriodSeconds", "labels", "annotations", "ownerReferences", "finalizers", "managedFields",
    ];

    public static void Arrange(JsonObject obj, bool custom)
    {
        JsonObject metadata = obj.Metadata();
        Arrange(metadata, custom ? [.. metadata.Select(m => m.Key).Order(StringComparer.Ordinal)] : Metadata);
        Arrange(obj, custom ? [.. obj.Select(m => m.Key).Order(StringComparer.Ordinal)] : Root);
    }

    private static void Arrange(JsonObject owner, string[] first)
    {
        foreach (string name in first.Concat(owner.Select(m => m.Key).Except(first)).ToList())
            if (owner.Remove(name, out JsonNode? member))
                owner[name] = member;
    }
}
