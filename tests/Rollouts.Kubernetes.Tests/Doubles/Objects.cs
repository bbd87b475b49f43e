using System.Text.Json.Nodes;

namespace Rollouts.Kubernetes.Tests.Doubles;

/// <summary>Small objects for tests.</summary>
internal static class Objects
{
    public static readonly ResourceType ConfigMaps = new("", "v1", "configmaps", "ConfigMap");

    public static readonly ResourceType Canaries = new("rollouts.dev", "v1beta1", "canaries", "Canary");

    public static JsonObject ConfigMap(string name, int version, string ns = "shop", string? text = null, string? uid = null) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "ConfigMap",
        ["metadata"] = new JsonObject
        {
            ["namespace"] = ns,
            ["name"] = name,
            ["uid"] = uid ?? $"uid-{name}",
            ["resourceVersion"] = version.ToString(System.Globalization.CultureInfo.InvariantCulture),
        },
        ["data"] = new JsonObject { ["text"] = text ?? $"at {version}" },
    };

    public static JsonObject List(int version, string? next, params JsonObject[] items) => new()
    {
        ["kind"] = "ConfigMapList",
        ["apiVersion"] = "v1",
        ["metadata"] = new JsonObject { ["resourceVersion"] = version.ToString(System.Globalization.CultureInfo.InvariantCulture), ["continue"] = next ?? "" },
        ["items"] = new JsonArray([.. items]),
    };

    public static string Line(string type, JsonObject obj) => new JsonObject { ["type"] = type, ["object"] = obj }.ToJsonString() + "\n";

    public static string ErrorLine(int code, string reason) =>
        Line("ERROR", new JsonObject { ["kind"] = "Status", ["code"] = code, ["reason"] = reason, ["message"] = "as the script says" });

    public static string BookmarkLine(int version) => Line(
        "BOOKMARK",
        new JsonObject { ["kind"] = "ConfigMap", ["metadata"] = new JsonObject { ["resourceVersion"] = version.ToString(System.Globalization.CultureInfo.InvariantCulture) } });
}
