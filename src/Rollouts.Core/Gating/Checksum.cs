using System.Text.Json.Nodes;
using Rollouts.Core.Revisions;
using Rollouts.Model;

namespace Rollouts.Core.Gating;

/// <summary>
/// What a receiver can tell two versions apart by: it changes with the pod template and with each tracked ConfigMap and Secret, of which
/// the revision alone says nothing.
/// </summary>
public static class Checksum
{
    public static string Of(string revision, EquatableMap trackedConfigs) => Revision.Of(new JsonObject
    {
        ["revision"] = revision,
        ["configs"] = new JsonObject(trackedConfigs.Select(config => KeyValuePair.Create(config.Key, (JsonNode?)config.Value))),
    });
}
