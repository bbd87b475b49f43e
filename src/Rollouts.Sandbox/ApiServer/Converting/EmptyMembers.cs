using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.ApiServer.Schemas;

namespace Rollouts.Sandbox.ApiServer.Converting;

/// <summary>Which members upstream leaves out when they are empty (Go's omitempty), as clients compare objects by their text.</summary>
internal static class EmptyMembers
{
    // Numbers and flags are kept even as zero and false where Go has a pointer to them; these are the plain ones.
    private static readonly FrozenSet<string> PlainNumbers = FrozenSet.Create(
        "initialDelaySeconds", "minReadySeconds", "hostPort", "nodePort", "healthCheckNodePort", "observedGeneration", "updatedReplicas",
        "readyReplicas", "unavailableReplicas", "fullyLabeledReplicas", "count", "numberAvailable", "numberUnavailable",
        "updatedNumberScheduled", "active", "succeeded", "failed", "port");

    private static readonly FrozenSet<string> PlainFlags = FrozenSet.Create(
        "hostNetwork", "hostPID", "hostIPC", "stdin", "stdinOnce", "tty", "readOnly", "paused", "publishNotReadyAddresses", "unschedulable",
        "preserveUnknownFields", "deprecated");

    private static readonly FrozenSet<string> KeptTexts = FrozenSet.Create("EndpointSlice.ports.name", "Lease.spec.holderIdentity");

    public static void Drop(JsonObject obj, FieldSchema schema, string path)
    {
        foreach (var (name, value) in obj.ToList())
        {
            if (schema.Type == FieldType.Map)
                continue;
            FieldSchema? member = schema.Member(name);
            string below = $"{path}.{name}";
            if (value is JsonObject inner && member is not null)
                Drop(inner, member, below);
            if (value is JsonArray items && member?.Element is { Type: FieldType.Object } element)
                foreach (JsonObject item in items.OfType<JsonObject>())
                    Drop(item, element, below);
            if (member is not null && IsEmpty(name, value, member, below))
                obj.Remove(name);
        }
    }

    private static bool IsEmpty(string name, JsonNode? value, FieldSchema schema, string path) => schema.Type switch
    {
        FieldType.Map => value is JsonObject { Count: 0 },
        FieldType.List => value is JsonArray { Count: 0 },
        FieldType.String => value.AsText() is "" && !KeptTexts.Contains(path),
        FieldType.Integer => value.AsNumber() == 0 && (PlainNumbers.Contains(name) || OmittedCounts(path)),
        FieldType.Boolean => PlainFlags.Contains(name) && value is JsonValue flag && flag.TryGetValue(out bool set) && !set,
        FieldType.Any or FieldType.Object or FieldType.Number or FieldType.IntOrString or FieldType.Quantity or FieldType.Time
            or FieldType.MicroTime or FieldType.Bytes => false,
    };

    private static bool OmittedCounts(string path) =>
        path is "Deployment.status.replicas" or "Deployment.status.availableReplicas" or "ReplicaSet.status.availableReplicas";
}
