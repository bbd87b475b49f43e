namespace Rollouts.Model;

/// <summary>One thing that is wrong with a Canary: where, and in one sentence what and how to mend it.</summary>
/// <param name="Path">the field, for example <c>spec.analysis.stepWeights[2]</c></param>
/// <param name="Message">what is wrong and the mend</param>
public sealed record FieldError(string Path, string Message)
{
    public override string ToString() => $"{Path}: {Message}";
}
