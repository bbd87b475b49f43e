namespace Rollouts.Sandbox.ApiServer;

/// <summary>A refusal as a Kubernetes Status carries it: HTTP code, machine-readable reason, sentence, causes by field path.</summary>
public sealed class ApiException(int code, string reason, string message, IReadOnlyList<StatusCause>? causes = null) : Exception(message)
{
    public int Code { get; } = code;

    public string Reason { get; } = reason;

    public IReadOnlyList<StatusCause> Causes { get; } = causes ?? [];
}

/// <param name="Reason">FieldValueInvalid, FieldValueRequired, FieldValueNotSupported, FieldManagerConflict ...</param>
/// <param name="Field">The path as the API server writes it, <c>spec.template.spec.containers[0].name</c>.</param>
public sealed record StatusCause(string Reason, string Message, string Field);
