namespace Rollouts.Cli.Waiting;

/// <summary>The values of <c>--for</c>.</summary>
internal enum Goal
{
    /// <summary>The revision that the target holds serves all traffic.</summary>
    Promoted,

    /// <summary>The run waits for a person.</summary>
    Paused,
}
