namespace Rollouts.Cli;

/// <summary>What the process says to a script; <c>--help</c> lists them.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>A wrong command line, no connection, a refusal, or an act of the demo that ended otherwise than it should.</summary>
    public const int Failed = 1;

    /// <summary>Of <c>wait</c>: the run waits for a person.</summary>
    public const int Paused = 2;

    /// <summary>Of <c>wait</c>: its time is over.</summary>
    public const int TimedOut = 3;

    /// <summary>Of <c>wait</c>: the revision was rolled back, aborted, or taken out of the target again.</summary>
    public const int RolledBack = 4;

    /// <summary>Ctrl-C before there was a result: 128 and the number of SIGINT, as shells have it.</summary>
    public const int Interrupted = 130;
}
