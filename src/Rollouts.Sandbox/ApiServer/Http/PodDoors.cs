using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.ApiServer.Writing;

namespace Rollouts.Sandbox.ApiServer.Http;

/// <summary>What is posted below a pod: its node, and the wish that it leave it.</summary>
internal sealed class PodDoors(Cluster cluster)
{
    private static readonly ResourceKind Bindings = Kinds.Pods with { Plural = "pods/binding" };

    public async Task BindAsync(HttpContext context, ResourcePath path)
    {
        JsonObject binding = await context.Request.ReadObjectAsync([]);
        string node = binding.TextAt("target", "name") ?? "";
        cluster.Writer.Update(path.Definition, path.Version, path.Namespace, path.Name!, pod =>
        {
            if (pod.TextAt("spec", "nodeName") is { Length: > 0 } taken)
                throw Refusals.Conflict(Bindings, path.Name!, $"pod {path.Name} is already assigned to node \"{taken}\"");
            if (pod is not null)
                pod.Ensure("spec")["nodeName"] = node;
            return pod;
        }, new WriteOptions { FieldManager = "kube-scheduler" });
        await context.Response.WriteAsync(201, Done());
    }

    public async Task EvictAsync(HttpContext context, ResourcePath path)
    {
        JsonObject eviction = await context.Request.ReadObjectAsync([]);
        cluster.Deleter.Delete(path.Definition, path.Namespace, path.Name!,
            new DeleteOptions(GracePeriod: eviction.NumberAt("deleteOptions", "gracePeriodSeconds"), Propagation: "Background"));
        await context.Response.WriteAsync(201, Done());
    }

    private static JsonObject Done() => new()
    {
        ["kind"] = "Status",
        ["apiVersion"] = "v1",
        ["metadata"] = new JsonObject(),
        ["status"] = "Success",
        ["code"] = 201,
    };
}
