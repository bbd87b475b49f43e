using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace Rollouts.Sandbox.ApiServer.Schemas;

/// <summary>
/// The markers patchMergeKey, listType, listMapKey, mapType and structType of Kubernetes' Go types (1.26), which the models of
/// the .NET client do not carry. What is not named here is a list that is replaced, or an object that merges by member.
/// </summary>
internal static class BuiltInLists
{
    private static readonly ListRule ByName = ListRule.By("name");

    private static readonly ListRule ByType = ListRule.By("type");

    // Protocol is part of the key for server-side apply only, and counts as TCP where it is left out.
    private static readonly FrozenDictionary<string, JsonNode> Tcp =
        new Dictionary<string, JsonNode> { ["protocol"] = JsonValue.Create("TCP") }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, ListRule> Rules = new Dictionary<string, ListRule>
    {
        ["ObjectMeta.ownerReferences"] = ListRule.By("uid"),
        ["ObjectMeta.finalizers"] = ListRule.Words,
        ["PodSpec.containers"] = ByName,
        ["PodSpec.initContainers"] = ByName,
        ["PodSpec.ephemeralContainers"] = ByName,
        ["PodSpec.volumes"] = ByName,
        ["PodSpec.imagePullSecrets"] = ByName,
        ["PodSpec.resourceClaims"] = ByName,
        ["PodSpec.schedulingGates"] = ByName,
        ["PodSpec.hostAliases"] = ListRule.By("ip"),
        ["PodSpec.topologySpreadConstraints"] = ListRule.By("topologyKey", "whenUnsatisfiable"),
        ["Container.ports"] = ListRule.By("containerPort", "protocol") with { KeyDefaults = Tcp },
        ["Container.env"] = ByName,
        ["Container.volumeMounts"] = ListRule.By("mountPath"),
        ["Container.volumeDevices"] = ListRule.By("devicePath"),
        ["ResourceRequirements.claims"] = ByName with { MergeKey = null },
        ["ServiceSpec.ports"] = ListRule.By("port", "protocol") with { KeyDefaults = Tcp },
        ["ServiceAccount.secrets"] = ByName,
        ["PodStatus.podIPs"] = ListRule.By("ip"),
        ["NodeSpec.podCIDRs"] = ListRule.Words,
        ["NodeStatus.addresses"] = ByType,
        ["ValidatingWebhookConfiguration.webhooks"] = ByName,
        ["MutatingWebhookConfiguration.webhooks"] = ByName,

        // The one list of conditions that server-side apply takes as a whole.
        ["JobStatus.conditions"] = new(ListKind.Atomic, [], "type"),
    }.ToFrozenDictionary();

    private static readonly FrozenSet<string> AtomicTypes = FrozenSet.Create(
        "LabelSelector", "FieldSelector", "OwnerReference", "ObjectReference", "LocalObjectReference", "TypedLocalObjectReference",
        "SecretReference", "SecretKeySelector", "ConfigMapKeySelector", "ObjectFieldSelector", "ResourceFieldSelector", "NodeSelector",
        "NodeSelectorTerm", "TopologySelectorTerm", "ScopeSelector", "ScopedResourceSelectorRequirement", "RoleRef", "Subject",
        "CrossVersionObjectReference");

    private static readonly FrozenSet<string> AtomicMaps =
        FrozenSet.Create("PodSpec.nodeSelector", "ServiceSpec.selector", "ReplicationControllerSpec.selector");

    /// <param name="owner">The Go type that has the field, without its package.</param>
    public static ListRule RuleOf(string owner, string field)
    {
        var type = owner == "EphemeralContainer" ? "Container" : owner;
        return Rules.GetValueOrDefault($"{type}.{field}")
            ?? (field == "conditions" && owner.EndsWith("Status", StringComparison.Ordinal) ? ByType : ListRule.Replaced);
    }

    public static bool IsAtomicType(string type) => AtomicTypes.Contains(type);

    public static bool IsAtomicMap(string owner, string field) => AtomicMaps.Contains($"{owner}.{field}");
}
