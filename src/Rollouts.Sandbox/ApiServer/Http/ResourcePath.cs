using Rollouts.Sandbox.ApiServer.Catalog;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.ApiServer.Http;

/// <summary>What a path under /api/v1 or /apis/GROUP/VERSION leads to.</summary>
/// <param name="Watching">The old form of a watch, <c>/api/v1/watch/...</c>.</param>
internal sealed record ResourcePath(
    KindDefinition Definition, string Version, string? Namespace, string? Name, string? Subresource, bool Watching)
{
    public ResourceKind Kind => Definition.In(Version);

    /// <exception cref="ApiException">404 where nothing is served under the path.</exception>
    public static ResourcePath Parse(KindCatalog catalog, string group, string version, ReadOnlySpan<string> rest)
    {
        bool watching = rest is ["watch", _, ..];
        if (watching)
            rest = rest[1..];
        string? ns = null;
        if (rest is ["namespaces", _, not ("status" or "finalize"), ..])
        {
            ns = rest[1];
            rest = rest[2..];
        }
        if (rest.Length is 0 or > 3 || catalog.Find(group, rest[0]) is not { } definition || !definition.Versions.Contains(version)
            || (ns is not null && !definition.Kind.Namespaced))
            throw Refusals.NoSuchResource();
        string? subresource = rest.Length > 2 ? rest[2] : null;
        if (subresource is not null && !Has(definition, subresource))
            throw definition.Custom is null ? Refusals.NoSuchResource() : Refusals.NotFound(definition.Kind, rest[1]);
        return new ResourcePath(definition, version, ns, rest.Length > 1 ? rest[1] : null, subresource, watching);
    }

    private static bool Has(KindDefinition definition, string subresource) => subresource switch
    {
        "status" => definition.HasStatus,
        "scale" => definition.HasScale,
        "finalize" => definition.Kind == Kinds.Namespaces,
        "token" => definition.Kind == Kinds.ServiceAccounts,
        "binding" or "eviction" => definition.Kind == Kinds.Pods,
        _ => false,
    };
}
