namespace Rollouts.Cli.Waiting;

/// <summary>What a wait has come to.</summary>
internal enum Result
{
    Promoted,
    Paused,
    RolledBack,
    TimedOut,
}

/// <param name="Sentence">Why, as the last line has it.</param>
internal sealed record Ending(Result Result, string Sentence)
{
    public int CodeFor(Goal goal) => (Result, goal) switch
    {
        (Result.Promoted, Goal.Promoted) or (Result.Paused, Goal.Paused) => ExitCode.Ok,
        (Result.Promoted, Goal.Paused) => ExitCode.Failed,
        (Result.Paused, Goal.Promoted) => ExitCode.Paused,
        (Result.TimedOut, _) => ExitCode.TimedOut,
        (Result.RolledBack, _) => ExitCode.RolledBack,
    };

    /// <summary>The result in words.</summary>
    public string Word => Result switch
    {
        Result.Promoted => "promoted",
        Result.Paused => "paused",
        Result.RolledBack => "rolled back",
        Result.TimedOut => "timed out",
    };
}
