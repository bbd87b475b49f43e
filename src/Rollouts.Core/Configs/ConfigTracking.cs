using System.Text.Json.Nodes;
using Rollouts.Core.Explaining;
using Rollouts.Core.Routing;
using Rollouts.Model;

namespace Rollouts.Core.Configs;

/// <summary>What of a template's ConfigMaps and Secrets belongs to its revision.</summary>
/// <param name="Problem">The sentence about one that has to be there and is not.</param>
public sealed record ConfigTracking(EquatableList<TrackedConfig> Tracked, string? Problem)
{
    /// <summary>In the place of the hash of what is not there.</summary>
    public const string Missing = "missing";

    public static ConfigTracking None { get; } = new([], null);

    private static readonly string[] OptOuts = ["rollouts.dev/config-tracking", "flagger.app/config-tracking"];

    // Tokens of service accounts and pull secrets are written by others, often, and mean nothing to the program.
    private static readonly string[] SecretTypes = ["Opaque", "kubernetes.io/basic-auth", "kubernetes.io/ssh-auth", "kubernetes.io/tls"];

    /// <summary>The hashes as <c>status.trackedConfigs</c> has them; of one that is missing the hash says so, so that its coming and going are changes.</summary>
    public static EquatableMap DigestsOf(EquatableList<TrackedConfig> tracked) => new(tracked.Select(config => KeyValuePair.Create(config.Key, config.Digest)));

    /// <param name="find">The object without its contents, as <see cref="ConfigDigest.Trim"/> leaves it; null where there is none.</param>
    public static ConfigTracking Of(JsonNode? template, Func<ObjectId, JsonObject?> find, IReadOnlyList<string> labelPrefixes)
    {
        var tracked = new List<TrackedConfig>();
        string? problem = null;
        foreach (var reference in ConfigReference.Of(template))
        {
            if (find(reference.Id) is { } live)
                tracked.AddRange(IsTracked(reference.Id, live) ? [Read(reference.Id, live, labelPrefixes)] : []);
            else if (!reference.IsOptional)
                (problem, tracked) = (problem ?? Refusals.ConfigMissing(reference.Id), [.. tracked, new(reference.Id, Missing, false, EquatableMap.Empty)]);
        }
        return new(tracked.ToEquatableList(), problem);
    }

    private static bool IsTracked(ObjectId id, JsonObject live) =>
        !OptOuts.Any(optOut => live["metadata"]?["annotations"]?[optOut].Text()?.StartsWith("disable", StringComparison.Ordinal) == true)
        && (id.Kind != ObjectKind.Secret || SecretTypes.Contains(live["type"].Text() ?? "Opaque"));

    private static TrackedConfig Read(ObjectId id, JsonObject live, IReadOnlyList<string> labelPrefixes) => new(
        id,
        ConfigDigest.Read(live),
        live["immutable"] is JsonValue flag && flag.TryGetValue(out bool immutable) && immutable,
        InheritedMetadata.Of(Texts(live["metadata"]?["labels"]), EquatableMap.Empty, labelPrefixes).Labels);

    private static EquatableMap Texts(JsonNode? map) =>
        new((map as JsonObject ?? []).Select(entry => KeyValuePair.Create(entry.Key, entry.Value.Text() ?? "")));
}
