using System.CommandLine;

namespace Rollouts.Cli.Clusters;

internal static class CanaryName
{
    public static Argument<string> Required() => new("NAME") { Description = "Name of the Canary." };
}
