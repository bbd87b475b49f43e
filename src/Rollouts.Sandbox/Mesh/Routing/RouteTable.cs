namespace Rollouts.Sandbox.Mesh.Routing;

/// <summary>Every host the mesh answers to. Immutable: an update swaps the whole table, so that no request sees half of one.</summary>
/// <param name="Exact">By host in lower case, without port.</param>
/// <param name="Suffixes">Of the wildcards (<c>*.example.com</c> as <c>.example.com</c>, <c>*</c> as the empty text), the longest first.</param>
internal sealed record RouteTable(
    IReadOnlyDictionary<string, VirtualHost> Exact, IReadOnlyList<KeyValuePair<string, VirtualHost>> Suffixes)
{
    public static readonly RouteTable Empty = new(new Dictionary<string, VirtualHost>(), []);

    public VirtualHost? Find(string host)
    {
        host = host.ToLowerInvariant();
        return Exact.TryGetValue(host, out var found)
            ? found
            : Suffixes.FirstOrDefault(suffix => host.EndsWith(suffix.Key, StringComparison.Ordinal)).Value;
    }
}
