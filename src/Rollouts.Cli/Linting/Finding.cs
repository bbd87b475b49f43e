namespace Rollouts.Cli.Linting;

/// <summary>One thing that was found.</summary>
/// <param name="Line">From 1: the line of the field, or where it is missing of what it is missing in.</param>
/// <param name="Path">The field, as in <c>spec.analysis.stepWeights[2]</c>; empty for a document as a whole.</param>
/// <param name="Message">What is wrong and the mend.</param>
internal sealed record Finding(string File, int Line, string Path, Severity Severity, string Message)
{
    public override string ToString() =>
        $"{File}:{Line}: {(Severity == Severity.Warning ? "warning: " : "")}{(Path.Length == 0 ? "" : $"{Path}: ")}{Message}";
}
