using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.Workloads.Endpoints;

/// <summary>Makes the slices of a Service that one controller manages those that are wanted, reusing what is there.</summary>
internal static class SliceWriter
{
    public static void Write(ICluster cluster, string? ns, string service, string manager, List<JsonObject> wanted)
    {
        List<JsonObject> present = [.. cluster.List(Kinds.EndpointSlices, ns).Where(s =>
            s.TextAt("metadata", "labels", EndpointSlice.ServiceLabel) == service
            && s.TextAt("metadata", "labels", EndpointSlice.ManagerLabel) == manager
            && !s.IsDeleting())];
        foreach (JsonObject slice in wanted)
        {
            // The one with the same ports if there is one, so that watchers see as little change as there is.
            JsonObject? reused = present.FirstOrDefault(p => Json.Same(p["ports"], slice["ports"])) ?? present.FirstOrDefault();
            if (reused is null)
            {
                cluster.Create(Kinds.EndpointSlices, slice);
                continue;
            }
            present.Remove(reused);
            Update(cluster, reused, slice);
        }
        foreach (JsonObject surplus in present)
            cluster.Delete(Kinds.EndpointSlices, ns, surplus.Name());
    }

    private static void Update(ICluster cluster, JsonObject reused, JsonObject slice)
    {
        JsonObject next = reused.Copy();
        foreach (string member in (string[])["endpoints", "ports"])
            next[member] = slice[member]?.DeepClone();
        next.Metadata()["labels"] = slice.At("metadata", "labels")?.DeepClone();
        if (Json.Same(reused, next))
            return;
        next.Metadata().Put("annotations", slice.At("metadata", "annotations")?.DeepClone());
        cluster.Update(Kinds.EndpointSlices, next);
    }
}
