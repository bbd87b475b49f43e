using System.Text.Json.Nodes;
using Rollouts.Model;

namespace Rollouts.Core.Blueprints;

/// <summary>One object that has to become or to go. Changes are applied in order, and the first that fails stops the rest.</summary>
public abstract record Change(ObjectId Id)
{
    /// <summary>
    /// The object as it has to be, grown from the one that is there. What differs is patched with the version that was looked at as its
    /// precondition; null means that nothing has to be done.
    /// </summary>
    public sealed record Shape(ObjectId Id, Func<JsonObject?, JsonObject?> From) : Change(Id);

    /// <summary>
    /// The object has to hold what another one of its kind holds. The contents go from the cluster to the cluster when they differ, and are
    /// neither planned with nor kept.
    /// </summary>
    /// <param name="Digest">What the contents have to be; where the source has others by now nothing is written.</param>
    /// <param name="IsImmutable">Whether nobody may change the copy; one that is and holds something else is made anew.</param>
    /// <param name="Labels">Besides those by which we know it.</param>
    public sealed record Copy(ObjectId Id, ObjectId Source, string Digest, bool IsImmutable, EquatableMap Labels) : Change(Id);

    /// <summary>The object has to go, if it is this Canary's.</summary>
    /// <param name="OnlyIfMade">Whether it has to be one that we created, not one that we found and adopted.</param>
    public sealed record Remove(ObjectId Id, bool OnlyIfMade = false) : Change(Id);
}
