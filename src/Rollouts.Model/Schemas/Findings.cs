namespace Rollouts.Model.Schemas;

/// <summary>What a check has found so far, in the order of the schema.</summary>
internal sealed class Findings
{
    private readonly List<FieldError> errors = [];
    private readonly List<FieldError> warnings = [];

    public IReadOnlyList<FieldError> Errors => errors;

    public IReadOnlyList<FieldError> Warnings => warnings;

    public void Error(string path, string message) => errors.Add(new(path, message));

    public void Warn(string path, string message) => Warn(new(path, message));

    public void Warn(FieldError warning) => warnings.Add(warning);
}
