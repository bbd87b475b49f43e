using System.Text;

namespace Rollouts.Kubernetes.Client;

/// <summary>Where a kind, an object or a subresource stands below the server's address.</summary>
internal static class ResourcePath
{
    public static string Of(ResourceType type, string? ns, string? name = null, string? subresource = null)
    {
        var path = new StringBuilder(type.Group.Length == 0 ? "api/" : $"apis/{type.Group}/").Append(type.Version);
        if (type.Namespaced && !string.IsNullOrEmpty(ns))
            path.Append("/namespaces/").Append(Uri.EscapeDataString(ns));
        path.Append('/').Append(type.Plural);
        if (name is not null)
            path.Append('/').Append(NameOf(type, ns, name));
        if (subresource is not null)
            path.Append('/').Append(subresource);
        return path.ToString();
    }

    public static string WithQuery(string path, params ReadOnlySpan<(string Name, string? Value)> query)
    {
        var address = new StringBuilder(path);
        var separator = '?';
        foreach (var (name, value) in query)
        {
            if (value is null)
                continue;
            address.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
            separator = '&';
        }

        return address.ToString();
    }

    private static string NameOf(ResourceType type, string? ns, string name)
    {
        // An empty name would address the whole collection: a DELETE of it deletes everything.
        if (name.Length == 0)
            throw new ArgumentException($"An object of {type} needs a name", nameof(name));
        if (type.Namespaced && string.IsNullOrEmpty(ns))
            throw new ArgumentException($"{type} {name} needs a namespace", nameof(ns));
        return Uri.EscapeDataString(name);
    }
}
