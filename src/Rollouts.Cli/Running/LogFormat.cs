namespace Rollouts.Cli.Running;

/// <summary>The values of <c>--log-format</c>.</summary>
internal enum LogFormat
{
    Text,

    Json,
}
