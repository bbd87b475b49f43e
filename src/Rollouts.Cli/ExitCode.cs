namespace Rollouts.Cli;

/// <summary>What the process says to a script; <c>--help</c> lists them.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>A wrong command line, no connection, a refusal, or an act of the demo that ended otherwise than it should.</summary>
    public const int Failed = 1;

    /// <summary>Ctrl-C before there was a result: 128 and the number of SIGINT, as shells have it.</summary>
    public const int Interrupted = 130;
}
