using Rollouts.Model;

namespace Rollouts.Core.Configs;

/// <summary>A ConfigMap or Secret that belongs to a revision: its contents are analysed and promoted with the template.</summary>
/// <param name="Digest">The hash of its contents.</param>
/// <param name="IsImmutable">Whether its owner made it immutable; the primary's copy is so too.</param>
/// <param name="Labels">What its copies are labelled with besides.</param>
public sealed record TrackedConfig(ObjectId Id, string Digest, bool IsImmutable, EquatableMap Labels)
{
    /// <summary>As <c>status.trackedConfigs</c> names it.</summary>
    public string Key => $"{(Id.Kind == ObjectKind.Secret ? "secret" : "configmap")}/{Id.Name}";

    /// <summary>What <see cref="Key"/> names.</summary>
    public static ObjectId IdOf(string key) =>
        key.Split('/', 2) is [var kind, var name] ? new(kind == "secret" ? ObjectKind.Secret : ObjectKind.ConfigMap, name) : new(ObjectKind.ConfigMap, key);
}
