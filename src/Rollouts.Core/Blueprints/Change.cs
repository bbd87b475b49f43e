using System.Text.Json.Nodes;

namespace Rollouts.Core.Blueprints;

/// <summary>One object that has to become or to go. Changes are applied in order, and the first that fails stops the rest.</summary>
public abstract record Change(ObjectId Id)
{
    /// <summary>
    /// The object as it has to be, grown from the one that is there. What differs is patched with the version that was looked at as its
    /// precondition; null means that nothing has to be done.
    /// </summary>
    public sealed record Shape(ObjectId Id, Func<JsonObject?, JsonObject?> From) : Change(Id);

    /// <summary>The object has to go, if it is this Canary's.</summary>
    /// <param name="OnlyIfMade">Whether it has to be one that we created, not one that we found and adopted.</param>
    public sealed record Remove(ObjectId Id, bool OnlyIfMade = false) : Change(Id);
}
