namespace Rollouts.Kubernetes;

/// <summary>A kind of object in the API. The core group is the empty string.</summary>
public sealed record ResourceType(string Group, string Version, string Plural, string Kind, bool Namespaced = true)
{
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    public override string ToString() => Group.Length == 0 ? Plural : $"{Plural}.{Group}";
}

/// <summary>The name of a namespaced object.</summary>
public readonly record struct ResourceKey(string Namespace, string Name)
{
    public override string ToString() => $"{Namespace}/{Name}";
}
