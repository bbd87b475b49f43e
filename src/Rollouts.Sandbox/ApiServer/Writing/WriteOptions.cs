namespace Rollouts.Sandbox.ApiServer.Writing;

internal enum FieldValidation
{
    Ignore,
    Warn,
    Strict,
}

/// <summary>How a write is to be made.</summary>
internal sealed record WriteOptions
{
    public bool DryRun { get; init; }

    /// <summary>Who owns the fields that are written.</summary>
    public string FieldManager { get; init; } = "unknown";

    public FieldValidation Validation { get; init; } = FieldValidation.Ignore;

    /// <summary>The object is what a patch made of the stored one; what cannot be read is the patch's fault.</summary>
    public bool IsPatch { get; init; }

    /// <summary>The object comes out of a server-side apply, which has settled who owns its fields.</summary>
    public bool IsApply { get; init; }

    /// <summary>null for the object itself, else "status" or "scale".</summary>
    public string? Subresource { get; init; }

    /// <summary>Paths of the keys that stand twice in the request.</summary>
    public List<string> Duplicates { get; init; } = [];

    /// <summary>What the caller ought to know though the write succeeds.</summary>
    public List<string> Warnings { get; init; } = [];
}
