using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Catalog;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.ApiServer.Selecting;

namespace Rollouts.Sandbox.ApiServer.Validating;

/// <summary>What metadata of any object must be.</summary>
internal static class MetadataRules
{
    private static readonly string[] StandardFinalizers = ["kubernetes", "orphan", "foregroundDeletion"];

    public static void Check(KindDefinition definition, JsonObject obj, Faults faults)
    {
        Func<string, string?> form = NameForm(definition.Kind);
        if (obj.TextAt("metadata", "generateName") is { Length: > 0 } prefix && form(prefix.TrimEnd('-')) is { } wrongPrefix)
            faults.Invalid("metadata.generateName", prefix, wrongPrefix);
        string name = obj.Name();
        if (name.Length == 0)
            faults.Required("metadata.name", "name or generateName is required");
        else if (form(name) is { } wrong)
            faults.Invalid("metadata.name", name, wrong);
        foreach (var (key, value) in obj.ObjectAt("metadata", "labels") ?? [])
            CheckLabel("metadata.labels", key, value.AsText() ?? "", faults);
        foreach (var (key, _) in obj.ObjectAt("metadata", "annotations") ?? [])
            if (LabelSyntax.CheckKey(key.ToLowerInvariant()) is { } wrongKey)
                faults.Invalid("metadata.annotations", key, wrongKey);
        CheckOwners(obj, faults);
        int index = 0;
        foreach (string finalizer in obj.Finalizers())
        {
            if (!finalizer.Contains('/') && !StandardFinalizers.Contains(finalizer))
                faults.Invalid($"metadata.finalizers[{index}]", finalizer, "name is neither a standard finalizer name nor is it fully qualified");
            index++;
        }
    }

    public static void CheckLabel(string field, string key, string value, Faults faults)
    {
        if (LabelSyntax.CheckKey(key) is { } wrongKey)
            faults.Invalid(field, key, wrongKey);
        if (LabelSyntax.CheckValue(value) is { } wrongValue)
            faults.Invalid(field, value, wrongValue);
    }

    /// <summary>While an object is being deleted, finalizers may only go.</summary>
    public static void CheckUpdate(JsonObject old, JsonObject obj, Faults faults)
    {
        if (!old.IsDeleting())
            return;
        foreach (string _ in obj.Finalizers().Except(old.Finalizers()))
        {
            // Upstream asks twice, and says so twice.
            faults.Forbidden("metadata.finalizers", "no new finalizers can be added if the object is being deleted");
            faults.Forbidden("metadata.finalizers", "no new finalizers can be added if the object is being deleted");
        }
    }

    private static void CheckOwners(JsonObject obj, Faults faults)
    {
        int controllers = 0;
        foreach (JsonObject owner in obj.Owners())
        {
            foreach (string member in (string[])["apiVersion", "kind", "name", "uid"])
                if (owner.TextAt(member) is null or "")
                    faults.Invalid($"metadata.ownerReferences.{member}", "", $"{member} must not be empty");
            if (owner.TrueAt("controller"))
                controllers++;
        }
        if (controllers > 1)
            faults.Invalid("metadata.ownerReferences", null, "Only one reference can have Controller set to true");
    }

    private static Func<string, string?> NameForm(ResourceKind kind) =>
        kind == Kinds.Namespaces ? Names.Label
        : kind == Kinds.Services ? Names.StrictLabel
        : kind.Group == "rbac.authorization.k8s.io" ? Names.PathSegment
        : Names.Subdomain;
}
