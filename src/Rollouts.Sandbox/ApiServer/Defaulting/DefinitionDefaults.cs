using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.ApiServer.Defaulting;

/// <summary>Defaults of custom resource definitions.</summary>
internal static class DefinitionDefaults
{
    public static void Definition(JsonObject definition)
    {
        JsonObject spec = definition.Ensure("spec"), names = spec.Ensure("names");
        if (names.TextAt("kind") is { Length: > 0 } kind)
        {
            names.Default("singular", kind.ToLowerInvariant());
            names.Default("listKind", kind + "List");
        }
        spec.Ensure("conversion").Default("strategy", "None");
        JsonObject status = definition.Ensure("status");
        JsonObject accepted = status.Ensure("acceptedNames");
        accepted.Default("plural", "");
        accepted.Default("kind", "");
        if (status["storedVersions"] is null && Stored(spec) is { Length: > 0 } stored)
            status["storedVersions"] = new JsonArray(stored);
    }

    /// <summary>A new storage version joins those in which objects may still be kept.</summary>
    public static void KeepStoredVersions(JsonObject current, JsonObject next)
    {
        List<string> kept = [.. (next.ArrayAt("status", "storedVersions") ?? current.ArrayAt("status", "storedVersions") ?? []).Select(v => v.AsText() ?? "")];
        if (Stored(next.Ensure("spec")) is { Length: > 0 } stored && !kept.Contains(stored))
            kept.Add(stored);
        next.Ensure("status")["storedVersions"] = new JsonArray([.. kept.Select(v => (JsonNode)v)]);
    }

    private static string? Stored(JsonObject spec) =>
        spec.ObjectsAt("versions").Where(v => v.TrueAt("storage")).ToList() is [var only] ? only.TextAt("name") : null;
}
