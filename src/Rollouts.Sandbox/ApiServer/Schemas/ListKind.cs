namespace Rollouts.Sandbox.ApiServer.Schemas;

/// <summary>How server-side apply merges a list.</summary>
public enum ListKind
{
    /// <summary>As one value, owned by one manager.</summary>
    Atomic,

    /// <summary>By value; each scalar at most once.</summary>
    Set,

    /// <summary>By the values of <see cref="FieldSchema.Keys"/> in each item.</summary>
    Map,
}
