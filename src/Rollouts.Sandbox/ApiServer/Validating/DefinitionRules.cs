using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.ApiServer.Schemas;

namespace Rollouts.Sandbox.ApiServer.Validating;

/// <summary>What a custom resource definition must be; its schemas are checked by themselves.</summary>
internal static class DefinitionRules
{
    private const string Approval = "api-approved.kubernetes.io";

    public static void Check(JsonObject definition, JsonObject? old, Faults faults)
    {
        JsonObject spec = definition.Ensure("spec"), names = spec.Ensure("names");
        string group = spec.TextAt("group") ?? "", plural = names.TextAt("plural") ?? "";
        if (old is null && definition.Name() != $"{plural}.{group}")
            faults.Invalid("metadata.name", definition.Name(), "must be spec.names.plural+\".\"+spec.group");
        if (group.Length == 0)
            faults.Required("spec.group");
        else if (!group.Contains('.'))
            faults.Invalid("spec.group", group, "should be a domain with at least one dot");
        if ((group.EndsWith(".k8s.io", StringComparison.Ordinal) || group.EndsWith(".kubernetes.io", StringComparison.Ordinal))
            && definition.At("metadata", "annotations", Approval) is null)
            faults.Required($"metadata.annotations[{Approval}]", "protected groups must have approval annotation");
        if (spec.TextAt("scope") is null or "")
            faults.Required("spec.scope");
        else if (spec.TextAt("scope") is not ("Cluster" or "Namespaced"))
            faults.NotSupported("spec.scope", spec["scope"], "Cluster", "Namespaced");
        if (spec.TrueAt("preserveUnknownFields"))
            faults.Invalid("spec.preserveUnknownFields", true, "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead");
        foreach (string name in (string[])["plural", "singular", "kind", "listKind"])
            if (names.TextAt(name) is null or "")
                faults.Required($"spec.names.{name}");
        Versions(definition, spec, old is null || !Json.Same(old["spec"], spec), faults);
        if (old is not null)
            Unchanged(spec, old, faults);
    }

    // A migration may note versions that are gone, by /status.
    private static void Versions(JsonObject definition, JsonObject spec, bool checksStored, Faults faults)
    {
        List<JsonObject> versions = [.. spec.ObjectsAt("versions")];
        for (int i = 0; i < versions.Count; i++)
        {
            // With one version, upstream speaks of the fields of v1beta1, in which it keeps it.
            string path = $"spec.versions[{i}]", old = versions.Count == 1 ? "spec" : path;
            if (Names.StrictLabel(versions[i].TextAt("name") ?? "") is { } wrong)
                faults.Invalid($"{path}.name", versions[i]["name"], wrong);
            if (versions[i].ObjectAt("schema", "openAPIV3Schema") is not { } schema)
                faults.Required($"{path}.schema.openAPIV3Schema", "schemas are required");
            else
                foreach (StatusCause cause in StructuralSchema.Check(
                    schema, versions.Count == 1 ? "spec.validation.openAPIV3Schema" : $"{path}.schema.openAPIV3Schema"))
                    faults.Add(cause);
            foreach (StatusCause cause in PrinterColumns.Check(versions[i].ArrayAt("additionalPrinterColumns") ?? [], $"{old}.additionalPrinterColumns"))
                faults.Add(cause);
            if (versions[i].ObjectAt("subresources", "scale") is { } scale)
                Scale(scale, $"{old}.subresources.scale", faults);
        }
        if (versions.Count == 1 && Names.StrictLabel(versions[0].TextAt("name") ?? "") is { } again)
            faults.Invalid("spec.version", versions[0]["name"], again);
        HashSet<string> known = [.. versions.Select(v => v.TextAt("name") ?? "")];
        if (known.Count < versions.Count)
            faults.Invalid("spec.versions", spec["versions"], "must contain unique version names");
        int stored = versions.Count(v => v.TrueAt("storage"));
        if (stored != 1)
            faults.Invalid("spec.versions", spec["versions"], "must have exactly one version marked as storage version");
        if (definition.ArrayAt("status", "storedVersions") is not { Count: > 0 } storedVersions)
            faults.Invalid("status.storedVersions", definition.At("status", "storedVersions"), "must have at least one stored version");
        else
            for (int i = 0; i < storedVersions.Count; i++)
                if (!known.Contains(storedVersions[i].AsText() ?? "") && checksStored)
                    faults.Invalid($"status.storedVersions[{i}]", storedVersions[i], "must appear in spec.versions");
    }

    private static void Scale(JsonObject scale, string path, Faults faults)
    {
        foreach (var (name, below) in ((string, string)[])[("specReplicasPath", ".spec."), ("statusReplicasPath", ".status.")])
            if (scale.TextAt(name) is null or "")
                faults.Required($"{path}.{name}");
            else if (!scale.TextAt(name)!.StartsWith(below, StringComparison.Ordinal))
                faults.Invalid($"{path}.{name}", scale[name], $"should be a json path under {below.TrimEnd('.')}");
    }

    private static void Unchanged(JsonObject spec, JsonObject old, Faults faults)
    {
        foreach (string name in (string[])["group", "scope"])
            if (!Json.Same(spec[name], old.At("spec", name)))
                faults.Invalid($"spec.{name}", spec[name], "field is immutable");
        foreach (string name in (string[])["plural", "kind"])
            if (!Json.Same(spec.At("names", name), old.At("spec", "names", name)))
                faults.Invalid($"spec.names.{name}", spec.At("names", name), "field is immutable");
    }
}
