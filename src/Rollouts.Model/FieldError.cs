namespace Rollouts.Model;

/// <summary>One thing that is wrong with a Canary: where, and in one sentence what and how to mend it.</summary>
/// <param name="Path">the field, for example <c>spec.analysis.stepWeights[2]</c></param>
/// <param name="Message">what is wrong and the mend</param>
public sealed record FieldError(string Path, string Message)
{
    /// <summary>Whether the API has no such field: an API server drops it, or refuses the manifest where it is asked to be strict.</summary>
    public bool IsUnknown { get; private init; }

    /// <param name="known">the fields that could have been meant</param>
    public static FieldError Unknown(string path, string name, IEnumerable<string> known) =>
        new(path, $"is not a field of this API and is ignored: {(Nearest.To(name, known) is { } near ? $"{near} may be meant" : "check its spelling and its place")}, or remove it")
        {
            IsUnknown = true,
        };

    public override string ToString() => $"{Path}: {Message}";
}
