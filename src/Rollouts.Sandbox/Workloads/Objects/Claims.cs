using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.Workloads.Objects;

/// <summary>
/// Whose an object is goes by its owner reference, which follows the labels: an object without a controller that the selector
/// matches is adopted, one that it no longer matches is released.
/// </summary>
internal static class Claims
{
    /// <summary>The objects of the kind that the owner controls, adopted ones included, released ones not.</summary>
    public static List<JsonObject> Settle(ICluster cluster, ResourceKind ownerKind, JsonObject owner, ResourceKind kind)
    {
        JsonObject? selector = owner.ObjectAt("spec", "selector");
        var mine = new List<JsonObject>();
        foreach (JsonObject obj in cluster.List(kind, owner.Namespace()))
        {
            bool matches = LabelMatch.Matches(selector, obj);
            if (obj.IsControlledBy(owner))
            {
                if (matches || owner.IsDeleting())
                    mine.Add(obj);
                else
                    Release(cluster, owner, kind, obj);
            }
            else if (obj.Controller() is null && matches && !owner.IsDeleting() && !obj.IsDeleting())
                mine.Add(Adopt(cluster, ownerKind, owner, kind, obj));
        }
        return mine;
    }

    private static JsonObject Adopt(ICluster cluster, ResourceKind ownerKind, JsonObject owner, ResourceKind kind, JsonObject orphan)
    {
        JsonArray owners = [.. orphan.Owners().Select(o => o.DeepClone()), Ownership.Reference(ownerKind, owner)];
        orphan.Metadata()["ownerReferences"] = owners;
        return cluster.Update(kind, orphan);
    }

    private static void Release(ICluster cluster, JsonObject owner, ResourceKind kind, JsonObject obj)
    {
        JsonArray others = [.. obj.Owners().Where(o => o.TextAt("uid") != owner.Uid()).Select(o => o.DeepClone())];
        obj.Metadata().Put("ownerReferences", others.Count == 0 ? null : others);
        cluster.Update(kind, obj);
    }
}
