using System.Text.Json.Nodes;
using Rollouts.Core.Revisions;
using Rollouts.Core.Routing;

namespace Rollouts.Core.Configs;

/// <summary>
/// The hash of what a ConfigMap or Secret holds, data and binaryData alike (Flagger overlooks binaryData: D19). The hash is all that is
/// kept in memory: what a Secret says is read once, when it is copied, and stands in no cache, status, event or log.
/// </summary>
public static class ConfigDigest
{
    private const string Field = "rollouts.dev/digest";

    private static readonly string[] Contents = ["data", "binaryData"];

    /// <summary>Of an object as the API server has it.</summary>
    public static string Of(JsonObject config) =>
        Revision.Of(new JsonObject(Contents
            .Where(field => config[field] is JsonObject { Count: > 0 })
            .Select(field => KeyValuePair.Create(field, config[field]?.DeepClone()))));

    /// <summary>Puts the hash in the place of what was hashed.</summary>
    public static void Trim(JsonObject config)
    {
        config[Field] = Of(config);
        foreach (var field in Contents.Append("stringData"))
            config.Remove(field);
    }

    /// <summary>What trimming leaves of an object of which no more than the hash is known.</summary>
    public static JsonObject Trimmed(string digest) => new() { [Field] = digest };

    /// <summary>Of an object that was trimmed.</summary>
    public static string Read(JsonObject trimmed) => trimmed[Field].Text() ?? "";
}
