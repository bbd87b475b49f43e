using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Catalog;

namespace Rollouts.Sandbox.ApiServer.Converting;

/// <summary>Between the versions of a kind. Custom kinds have the strategy None: only the apiVersion differs.</summary>
internal static class Conversions
{
    public static JsonObject ToStored(KindDefinition definition, string version, JsonObject obj) => definition.Kind switch
    {
        { Group: "events.k8s.io" } => EventConversion.ToCore(obj),
        { Plural: "horizontalpodautoscalers" } when version == "v1" => AutoscalerConversion.ToV2(obj),
        _ => obj,
    };

    public static JsonObject FromStored(KindDefinition definition, string version, JsonObject stored)
    {
        var obj = (JsonObject)stored.DeepClone();
        switch (definition.Kind)
        {
            case { Group: "events.k8s.io" }:
                return EventConversion.FromCore(obj);
            case { Plural: "horizontalpodautoscalers" } when version == "v1":
                return AutoscalerConversion.ToV1(obj);
            default:
                obj["apiVersion"] = definition.In(version).ApiVersion;
                return obj;
        }
    }
}
