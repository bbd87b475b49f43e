using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Catalog;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.ApiServer.Http;

/// <summary>The view of an object that has replicas as an autoscaling/v1 Scale.</summary>
internal static class Scale
{
    public static JsonObject Of(KindDefinition definition, JsonObject obj)
    {
        JsonObject metadata = [];
        foreach (string name in (string[])["name", "namespace", "uid", "resourceVersion", "creationTimestamp"])
            if (obj.At("metadata", name) is { } value)
                metadata[name] = value.DeepClone();
        var status = new JsonObject { ["replicas"] = obj.NumberAt("status", "replicas") ?? 0 };
        if (LabelQuery(obj["spec"].ObjectAt("selector")) is { Length: > 0 } selector)
            status["selector"] = selector;
        var spec = new JsonObject();
        if (obj.NumberAt("spec", "replicas") is { } replicas and not 0)
            spec["replicas"] = replicas;
        return new JsonObject
        {
            ["kind"] = "Scale",
            ["apiVersion"] = "autoscaling/v1",
            ["metadata"] = metadata,
            ["spec"] = spec,
            ["status"] = status,
        };
    }

    private static string LabelQuery(JsonObject? selector)
    {
        if (selector is null)
            return "";
        JsonObject? labels = selector.ObjectAt("matchLabels") ?? (selector.ContainsKey("matchExpressions") ? null : selector);
        IEnumerable<string> equal = labels?.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => $"{l.Key}={l.Value.AsText()}") ?? [];
        IEnumerable<string> others = selector.ObjectsAt("matchExpressions").Select(Expression);
        return string.Join(",", equal.Concat(others));
    }

    private static string Expression(JsonObject requirement)
    {
        string key = requirement.TextAt("key") ?? "";
        string values = string.Join(",", (requirement.ArrayAt("values") ?? []).Select(v => v.AsText()).Order(StringComparer.Ordinal));
        return requirement.TextAt("operator") switch
        {
            "In" => $"{key} in ({values})",
            "NotIn" => $"{key} notin ({values})",
            "DoesNotExist" => $"!{key}",
            _ => key,
        };
    }
}
