using System.Text.Json.Nodes;
using Rollouts.Core.Revisions;
using Rollouts.Model;

namespace Rollouts.Core.Configs;

/// <summary>
/// The name of what a target is to run: its template alone where nothing else is tracked, else template and configs together. Whatever
/// is decided about revisions therefore holds for configs: a change starts a run, a change in mid-run starts it anew, and going back to
/// what was promoted ends it.
/// </summary>
public static class TargetRevision
{
    /// <param name="applied">The revision taken up last.</param>
    /// <param name="snapshots">What is kept of revisions.</param>
    public static string Of(JsonNode template, EquatableList<TrackedConfig> configs, string? applied, IReadOnlyDictionary<string, JsonObject> snapshots)
    {
        var plain = Revision.Of(template);
        if (configs.Count == 0)
            return plain;
        // A revision that was taken up before its configs were tracked keeps its name until its template changes: a new release of the
        // controller, or its switch, starts no run.
        return applied == plain && snapshots.TryGetValue(plain, out var kept) && kept[KeptConfigs.Field] is null ? plain : Both(plain, ConfigTracking.DigestsOf(configs));
    }

    private static string Both(string template, EquatableMap digests) =>
        Revision.Of(new JsonObject { ["template"] = template, ["configs"] = PodSelector.ToJson(digests) });
}
