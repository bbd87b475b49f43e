using System.Text.Json.Nodes;

namespace Rollouts.Sandbox.Mesh.Translating;

/// <summary>The Services by the names that clients and routes call them.</summary>
internal sealed class ServiceDirectory(MeshObjects objects)
{
    private static readonly string[] Domains = ["", ".svc", ".svc.cluster.local"];

    private readonly Dictionary<ObjectKey, JsonObject> _services = objects.Services.ToDictionary(ObjectKey.Of);

    public IEnumerable<ObjectKey> All => _services.Keys;

    public JsonObject Get(ObjectKey key) => _services[key];

    /// <summary>The Service that a host in an object of the given namespace means: <c>name</c> is of that namespace.</summary>
    public ObjectKey? Resolve(string host, string fromNamespace)
    {
        var parts = host.Split('.', 3);
        ObjectKey key = parts.Length == 1 ? new(fromNamespace, host) : new(parts[1], parts[0]);
        var domain = parts.Length == 3 ? "." + parts[2] : "";
        return Domains.Contains(domain) && _services.ContainsKey(key) ? key : null;
    }

    /// <summary>
    /// The hosts that reach the Service. The bare name too, as the caller has no namespace that could be meant:
    /// where several namespaces have it, <c>default</c> and then the first in alphabetical order has it.
    /// </summary>
    public IEnumerable<string> HostsOf(ObjectKey key)
    {
        if (OwnsBareName(key))
            yield return key.Name;
        foreach (var domain in Domains)
            yield return $"{key.Name}.{key.Namespace}{domain}";
    }

    private bool OwnsBareName(ObjectKey key) =>
        _services.Keys.Where(other => other.Name == key.Name)
            .MinBy(other => (other.Namespace != "default", other.Namespace), OrdinalOrder) == key;

    private static readonly Comparer<(bool Other, string Namespace)> OrdinalOrder = Comparer<(bool Other, string Namespace)>.Create(
        (a, b) => a.Other != b.Other ? a.Other.CompareTo(b.Other) : string.CompareOrdinal(a.Namespace, b.Namespace));
}
