using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Catalog;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.ApiServer.Writing;

/// <summary>Between the version of a request and the stored one.</summary>
internal static class Codec
{
    public static JsonObject Decode(KindDefinition definition, string version, JsonObject body, WriteOptions options)
    {
        ResourceKind wanted = definition.In(version);
        CheckType(body, wanted);
        var obj = new JsonObject { ["apiVersion"] = definition.Kind.ApiVersion, ["kind"] = definition.Kind.Kind };
        foreach (var (name, member) in body)
            if (name is not ("apiVersion" or "kind"))
                obj[name] = member?.DeepClone();
        obj.Metadata();
        return obj;
    }

    public static JsonObject Encode(KindDefinition definition, string version, JsonObject stored)
    {
        JsonObject obj = stored.Copy();
        obj["apiVersion"] = definition.In(version).ApiVersion;
        return obj;
    }

    private static void CheckType(JsonObject body, ResourceKind wanted)
    {
        string apiVersion = body.TextAt("apiVersion") ?? wanted.ApiVersion, kind = body.TextAt("kind") ?? wanted.Kind;
        if (kind != wanted.Kind)
            throw Refusals.BadRequest($"{kind} in version \"{wanted.Version}\" cannot be handled as a {wanted.Kind}");
        if (apiVersion != wanted.ApiVersion)
            throw Refusals.BadRequest(
                $"the API version in the data ({apiVersion}) does not match the expected API version ({wanted.ApiVersion})");
    }
}
