using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Catalog;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.ApiServer.Storage;
using Rollouts.Sandbox.ApiServer.Writing;

namespace Rollouts.Sandbox.ApiServer.Lifecycle;

/// <summary>Serves the kinds of custom resource definitions whose names nobody else has.</summary>
internal sealed class Establishing(KindCatalog catalog, Writer writer, TimeProvider time)
{
    private static readonly ResourceKind Definitions = Kinds.CustomResourceDefinitions;

    public void Reconcile(JsonObject definition)
    {
        KindDefinition kind = KindOf(definition);
        if (definition.IsDeleting())
        {
            if (catalog.Find(kind.Kind.Group, kind.Kind.Plural) is not null)
                catalog.Serve(kind with { Terminating = true });
            return;
        }
        string? conflict = Conflict(kind);
        if (conflict is null)
            catalog.Serve(kind);
        writer.Update(catalog.Find(Definitions.Group, Definitions.Plural)!, Definitions.Version, null, definition.Name(),
            current => WithStatus(current, kind, conflict), new WriteOptions { FieldManager = "kube-apiserver", Subresource = "status" });
    }

    public static KindDefinition KindOf(JsonObject definition)
    {
        JsonObject spec = definition.Ensure("spec"), names = spec.Ensure("names");
        List<JsonObject> versions = [.. spec.ObjectsAt("versions")];
        string group = spec.TextAt("group")!, plural = names.TextAt("plural")!;
        JsonObject stored = versions.Find(v => v.TrueAt("storage"))!;
        return new KindDefinition(
            new ResourceKind(group, stored.TextAt("name")!, plural, names.TextAt("kind")!, spec.TextAt("scope") == "Namespaced"))
        {
            Versions = [.. versions.Where(v => v.TrueAt("served")).Select(v => v.TextAt("name")!).Order(VersionOrder.NewestFirst)],
            Shelf = new ShelfKey(group, plural),
            Singular = names.TextAt("singular") ?? "",
            CustomListKind = names.TextAt("listKind"),
            ShortNames = Texts(names.ArrayAt("shortNames")),
            Categories = Texts(names.ArrayAt("categories")),
            HasStatus = versions.Exists(v => v.At("subresources", "status") is not null),
            HasScale = versions.Exists(v => v.At("subresources", "scale") is not null),
            HasGeneration = true,
            NeedsVersionOnUpdate = true,
            Custom = new CustomKind(definition),
        };
    }

    // The reason is that of the last name looked at, as upstream has it.
    private string? Conflict(KindDefinition kind)
    {
        string? reason = null;
        foreach (KindDefinition other in catalog.All.Where(d => d.Kind.Group == kind.Kind.Group && d.Kind.Plural != kind.Kind.Plural))
        {
            if (other.Singular == kind.Singular && kind.Singular.Length > 0)
                reason = "SingularConflict";
            if (other.ShortNames.Intersect(kind.ShortNames).Any())
                reason = "ShortNamesConflict";
            if (other.Kind.Kind == kind.Kind.Kind)
                reason = "KindConflict";
            if (other.ListKind == kind.ListKind)
                reason = "ListKindConflict";
        }
        return reason;
    }

    private JsonObject? WithStatus(JsonObject? current, KindDefinition kind, string? conflict)
    {
        if (current is null)
            return null;
        JsonObject status = current.Ensure("status"), names = current["spec"].ObjectAt("names")!;
        JsonArray conditions = status["conditions"] as JsonArray ?? [];
        status["conditions"] = conditions;
        if (conflict is null)
        {
            Conditions.Set(conditions, "NamesAccepted", "True", "NoConflicts", "no conflicts found", time);
            Conditions.Set(conditions, "Established", "True", "InitialNamesAccepted", "the initial names have been accepted", time);
            status["acceptedNames"] = names.DeepClone();
            return current;
        }
        Conditions.Set(conditions, "NamesAccepted", "False", conflict, $"\"{kind.ListKind}\" is already in use", time);
        Conditions.Set(conditions, "Established", "False", "NotAccepted", "not all names are accepted", time);
        status["acceptedNames"] = new JsonObject
        {
            ["plural"] = kind.Kind.Plural,
            ["singular"] = kind.Singular,
            ["kind"] = "",
        };
        return current;
    }

    private static List<string> Texts(JsonArray? words) => [.. (words ?? []).Select(w => w.AsText() ?? "")];
}
