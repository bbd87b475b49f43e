using System.Text.Json.Nodes;
using Rollouts.Core.Routing;
using Rollouts.Model;

namespace Rollouts.Core.Configs;

/// <summary>
/// Which configs belong to a revision, as its snapshot has it: the hash of each, never its contents. Those are kept in immutable copies,
/// a Secret's in a Secret, named by target, config and hash, so that revisions with the same contents share one.
/// </summary>
internal static class KeptConfigs
{
    public const string Field = "configs";

    public static JsonObject Write(EquatableList<TrackedConfig> configs) => new(configs.Select(config =>
    {
        var kept = new JsonObject { ["hash"] = config.Digest };
        if (config.IsImmutable)
            kept["immutable"] = true;
        if (config.Labels.Count > 0)
            kept["labels"] = PodSelector.ToJson(config.Labels);
        return KeyValuePair.Create(config.Key, (JsonNode?)kept);
    }));

    public static IEnumerable<TrackedConfig> Read(JsonObject? snapshot) =>
        (snapshot?[Field] as JsonObject ?? []).Where(entry => entry.Value is JsonObject).Select(entry => new TrackedConfig(
            TrackedConfig.IdOf(entry.Key),
            entry.Value?["hash"].Text() ?? "",
            entry.Value?["immutable"] is not null,
            new EquatableMap((entry.Value?["labels"] as JsonObject ?? []).Select(label => KeyValuePair.Create(label.Key, label.Value.Text() ?? "")))));
}
