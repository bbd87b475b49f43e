namespace Rollouts.Model;

/// <summary>Where a Canary stands: its namespace and name.</summary>
public sealed record CanaryKey(string Namespace, string Name)
{
    public override string ToString() => $"{Namespace}/{Name}";
}
