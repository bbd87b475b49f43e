namespace Rollouts.Cli.Linting;

internal enum Severity
{
    /// <summary>It will not work.</summary>
    Error,

    /// <summary>It works, and may not mean what its writer thinks.</summary>
    Warning,
}
