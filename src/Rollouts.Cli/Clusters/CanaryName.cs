using System.CommandLine;

namespace Rollouts.Cli.Clusters;

internal static class CanaryName
{
    private static readonly string[] Kinds = ["canary", "canaries", "cn", "canary.rollouts.dev", "canaries.rollouts.dev"];

    public static Argument<string> Required() => new("NAME") { Description = "Name of the Canary." };

    /// <summary>As <c>kubectl wait</c> takes it: <c>canary/NAME</c>, or the name alone.</summary>
    public static Argument<string> WithKind() => new("NAME")
    {
        Description = "Name of the Canary, as NAME or canary/NAME.",
        CustomParser = result =>
        {
            var parts = result.Tokens[^1].Value.Split('/');
            if (parts[^1].Length > 0 && (parts.Length == 1 || (parts.Length == 2 && Kinds.Contains(parts[0]))))
                return parts[^1];
            result.AddError($"'{result.Tokens[^1].Value}' names no Canary: write NAME or canary/NAME");
            return "";
        },
    };
}
