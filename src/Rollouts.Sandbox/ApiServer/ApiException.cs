namespace Rollouts.Sandbox.ApiServer;

/// <summary>A refusal as a Kubernetes Status carries it: HTTP code, machine-readable reason, sentence, causes by field path.</summary>
public sealed class ApiException(int code, string reason, string message, IReadOnlyList<StatusCause>? causes = null) : Exception(message)
{
    public int Code { get; } = code;

    public string Reason { get; } = reason;

    public IReadOnlyList<StatusCause> Causes { get; } = causes ?? [];

    /// <summary>What the refusal is about; null where the server names nothing.</summary>
    public StatusSubject? Subject { get; init; }

    /// <summary>Where a list may go on that was too slow; null for all other refusals.</summary>
    public string? Continue { get; init; }

    /// <summary>Seconds after which the caller may try again; null where it need not.</summary>
    public int? RetryAfter { get; init; }
}

/// <param name="Reason">FieldValueInvalid, FieldValueRequired, FieldValueNotSupported, FieldManagerConflict ...</param>
/// <param name="Field">The path as the API server writes it, <c>spec.template.spec.containers[0].name</c>.</param>
public sealed record StatusCause(string Reason, string Message, string Field);

/// <param name="Kind">The plural of the resource, but the kind in a refusal of invalid content, as upstream has it.</param>
public sealed record StatusSubject(string? Name = null, string? Group = null, string? Kind = null, string? Uid = null);
