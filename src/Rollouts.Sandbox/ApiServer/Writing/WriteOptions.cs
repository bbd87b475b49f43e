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

    /// <summary>null for the object itself, else "status" or "scale".</summary>
    public string? Subresource { get; init; }

    /// <summary>Paths of the keys that stand twice in the request.</summary>
    public List<string> Duplicates { get; } = [];

    /// <summary>What the caller ought to know though the write succeeds.</summary>
    public List<string> Warnings { get; } = [];
}
