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

    private static string? Stored(JsonObject spec) =>
        spec.ObjectsAt("versions").FirstOrDefault(v => v.TrueAt("storage")).TextAt("name");
}
