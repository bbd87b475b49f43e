using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace Rollouts.Sandbox.ApiServer.Schemas;

/// <summary>
/// The markers patchMergeKey, listType, listMapKey, mapType and structType of Kubernetes' Go types (1.26), which the models of
/// the .NET client do not carry. What is not named here is a list that is replaced, or an object that merges by member.
/// </summary>
internal static class BuiltInLists
{
    private static readonly ListRule ByName = Keyed("name");

    private static readonly ListRule ByType = Keyed("type");

    private static readonly FrozenDictionary<string, ListRule> Rules = new Dictionary<string, ListRule>
    {
        ["ObjectMeta.ownerReferences"] = Keyed("uid"),
        ["ObjectMeta.finalizers"] = ListRule.Words,
        ["PodSpec.containers"] = ByName,
        ["PodSpec.initContainers"] = ByName,
        ["PodSpec.ephemeralContainers"] = ByName,
        ["PodSpec.volumes"] = ByName,
        ["PodSpec.imagePullSecrets"] = ByName,
        ["PodSpec.resourceClaims"] = ByName,
        ["PodSpec.schedulingGates"] = ByName,
        ["PodSpec.hostAliases"] = ListRule.By("ip"),
        ["PodSpec.topologySpreadConstraints"] = Keyed("topologyKey", "whenUnsatisfiable"),
        ["Container.ports"] = Keyed("containerPort", "protocol"),
        ["Container.env"] = ByName,
        ["Container.volumeMounts"] = Keyed("mountPath"),
        ["Container.volumeDevices"] = Keyed("devicePath"),
        ["ResourceRequirements.claims"] = ByName with { MergeKey = null },
        ["ServiceSpec.ports"] = Keyed("port", "protocol"),
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

    /// <summary>
    /// A key that Go cannot leave out counts as empty where JSON does. So server-side apply takes an item without its key, and it
    /// is validation that refuses it.
    /// </summary>
    private static ListRule Keyed(params string[] keys) =>
        ListRule.By(keys) with { KeyDefaults = keys.ToFrozenDictionary(key => key, EmptyKey) };

    private static JsonNode EmptyKey(string key) => key switch
    {
        "port" or "containerPort" => JsonValue.Create(0),
        "protocol" => JsonValue.Create("TCP"),
        _ => JsonValue.Create(""),
    };
}
