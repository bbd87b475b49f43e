using System.Text.Json.Nodes;

namespace Rollouts.Model.Tests;

/// <summary>Canaries to start from, and a short way to change one field.</summary>
internal static class Manifest
{
    /// <summary>The least that is valid.</summary>
    public static JsonObject Ramp() => Parse(
        """
        {
          "apiVersion": "rollouts.dev/v1beta1",
          "kind": "Canary",
          "metadata": { "name": "podinfo", "namespace": "test", "uid": "u-1", "resourceVersion": "7", "generation": 3 },
          "spec": {
            "targetRef": { "apiVersion": "apps/v1", "kind": "Deployment", "name": "podinfo" },
            "service": { "port": 80 },
            "analysis": { "stepWeight": 10, "metrics": [ { "name": "request-success-rate", "thresholdRange": { "min": 99 } } ] }
          }
        }
        """);

    /// <summary>The manifest with the JSON <paramref name="value"/> at <paramref name="path"/>; null takes the field away.</summary>
    public static JsonObject With(this JsonObject manifest, string path, string? value)
    {
        var names = path.Split('.');
        var parent = names[..^1].Aggregate((JsonNode)manifest, Below);
        if (value is null)
            parent.AsObject().Remove(names[^1]);
        else
            parent.AsObject()[names[^1]] = JsonNode.Parse(value);
        return manifest;
    }

    public static JsonObject Parse(string json) => JsonNode.Parse(json)?.AsObject() ?? throw new ArgumentException("null is no manifest", nameof(json));

    private static JsonNode Below(JsonNode parent, string name)
    {
        var fields = parent.AsObject();
        var list = name.EndsWith("[0]", StringComparison.Ordinal);
        var child = fields[list ? name[..^3] : name] ?? throw new ArgumentException($"no {name} in the manifest", nameof(name));
        return list ? child.AsArray()[0] ?? throw new ArgumentException($"{name} is null", nameof(name)) : child;
    }
}
