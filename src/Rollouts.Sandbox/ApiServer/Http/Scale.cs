using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Catalog;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.ApiServer.Tables;

namespace Rollouts.Sandbox.ApiServer.Http;

/// <summary>The view of an object that has replicas as an autoscaling/v1 Scale.</summary>
internal static class Scale
{
    /// <param name="toSet">The replicas are about to be set and may be missing.</param>
    /// <exception cref="ApiException">500 where a custom object does not have the replicas that its definition points to.</exception>
    public static JsonObject Of(KindDefinition definition, JsonObject obj, bool toSet = false)
    {
        JsonObject metadata = [];
        foreach (string name in (string[])["name", "namespace", "uid", "resourceVersion", "creationTimestamp"])
            if (obj.At("metadata", name) is { } value)
                metadata[name] = value.DeepClone();
        ScalePaths paths = ScalePaths.Of(definition);
        long? replicas = obj.NumberAt(paths.Replicas);
        if (replicas is null && definition.Custom is not null && !toSet)
            throw Refusals.Internal($"the spec replicas field \".{string.Join('.', paths.Replicas)}\" does not exist");
        var status = new JsonObject { ["replicas"] = obj.NumberAt(paths.StatusReplicas) ?? 0 };
        string? selector = definition.Custom is not null ? obj.TextAt(paths.Selector ?? []) : QueryOf(obj["spec"].ObjectAt("selector"));
        if (!string.IsNullOrEmpty(selector))
            status["selector"] = selector;
        return new JsonObject
        {
            ["kind"] = "Scale",
            ["apiVersion"] = "autoscaling/v1",
            ["metadata"] = metadata,
            ["spec"] = replicas is null or 0 ? new JsonObject() : new JsonObject { ["replicas"] = replicas },
            ["status"] = status,
        };
    }

    public static void Set(KindDefinition definition, JsonObject obj, long replicas)
    {
        string[] path = ScalePaths.Of(definition).Replicas;
        JsonObject owner = obj;
        foreach (string name in path[..^1])
            owner = owner.Ensure(name);
        owner[path[^1]] = replicas;
    }

    private static string? QueryOf(JsonObject? selector) => selector is { Count: > 0 } ? SelectorText.Of(selector) : null;
}
