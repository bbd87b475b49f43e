using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Workloads.Running;

namespace Rollouts.Sandbox.Workloads.Objects;

/// <summary>Which object controls which.</summary>
internal static class Ownership
{
    public static ObjectKey KeyOf(this JsonObject obj) => new(obj.Namespace(), obj.Name());

    /// <summary>The one owner that controls the object, or null.</summary>
    public static JsonObject? Controller(this JsonObject obj) => obj.Owners().FirstOrDefault(o => o.TrueAt("controller"));

    public static bool IsControlledBy(this JsonObject obj, JsonObject owner) => obj.Controller().TextAt("uid") == owner.Uid();

    /// <summary>The key of the owner that controls the object, where that is of the kind.</summary>
    public static IEnumerable<ObjectKey> ControllerKey(this JsonObject obj, ResourceKind kind)
    {
        JsonObject? owner = obj.Controller();
        if (owner.TextAt("kind") == kind.Kind && owner.TextAt("apiVersion") == kind.ApiVersion && owner.TextAt("name") is { } name)
            yield return new ObjectKey(obj.Namespace(), name);
    }

    public static JsonObject Reference(ResourceKind kind, JsonObject owner) => new()
    {
        ["apiVersion"] = kind.ApiVersion,
        ["kind"] = kind.Kind,
        ["name"] = owner.Name(),
        ["uid"] = owner.Uid(),
        ["controller"] = true,
        ["blockOwnerDeletion"] = true,
    };

    /// <summary>Copies of the labels or annotations of an object or a template, to build on.</summary>
    public static JsonObject CopyOf(this JsonNode? obj, string member) => obj.ObjectAt("metadata", member)?.Copy() ?? [];
}
