using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rollouts.Sandbox.ApiServer;

/// <summary>The file by which kubectl and client libraries find the embedded API server.</summary>
public static class Kubeconfig
{
    public const string Context = "rollouts-sandbox";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    // No user: whoever reaches the loopback port may do all, and client libraries refuse a user without credentials.
    /// <summary>Writes a kubeconfig of one context to a file, in JSON, which YAML readers read.</summary>
    public static void Write(string path, Uri url) => File.WriteAllText(path, new JsonObject
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Config",
        ["clusters"] = Named("cluster", new JsonObject { ["server"] = url.GetLeftPart(UriPartial.Authority) }),
        ["contexts"] = Named("context", new JsonObject { ["cluster"] = Context, ["namespace"] = "default" }),
        ["current-context"] = Context,
    }.ToJsonString(Indented) + "\n");

    private static JsonArray Named(string what, JsonObject content) => [new JsonObject { ["name"] = Context, [what] = content }];
}
