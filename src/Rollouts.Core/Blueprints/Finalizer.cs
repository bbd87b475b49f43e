using System.Text.Json.Nodes;
using Rollouts.Core.Routing;

namespace Rollouts.Core.Blueprints;

/// <summary>
/// Our finalizer on the Canary. Nothing that we make has an ownerReference: a foreground deletion (the default of Argo CD) would
/// remove the primary at once, finalizer or not, while the target is at zero. What we made we take away ourselves, in safe order.
/// </summary>
internal static class Finalizer
{
    public static Change Hold(string canary) => new Change.Shape(new(ObjectKind.Canary, canary), live =>
    {
        if (live is null || Has(live) || live["metadata"]?["deletionTimestamp"] is not null)
            return null;
        var shaped = live.DeepClone().AsObject();
        var metadata = shaped.Section("metadata");
        metadata["finalizers"] = new JsonArray([.. Others(live), Names.Finalizer]);
        return shaped;
    });

    public static Change Release(string canary) => new Change.Shape(new(ObjectKind.Canary, canary), live =>
    {
        if (live is null || !Has(live))
            return null;
        var shaped = live.DeepClone().AsObject();
        shaped.Section("metadata")["finalizers"] = new JsonArray([.. Others(live)]);
        return shaped;
    });

    private static bool Has(JsonObject live) => All(live).Contains(Names.Finalizer);

    private static IEnumerable<JsonNode?> Others(JsonObject live) =>
        All(live).Where(name => name != Names.Finalizer).Select(name => (JsonNode?)JsonValue.Create(name));

    private static IEnumerable<string> All(JsonObject live) =>
        live["metadata"]?["finalizers"] is JsonArray names ? names.Select(name => name.Text() ?? "") : [];
}
