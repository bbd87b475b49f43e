using System.CommandLine;

namespace Rollouts.Cli.Clusters;

/// <summary>How a Canary is named on the command line: <c>NAME</c> or <c>canary/NAME</c>.</summary>
internal static class CanaryName
{
    private static readonly string[] Kinds = ["canary", "canaries", "cn", "canary.rollouts.dev", "canaries.rollouts.dev"];

    public static Argument<string> Required() => new("NAME")
    {
        Description = "Name of the Canary, as NAME or canary/NAME.",
        CustomParser = result => Read(result.Tokens[^1].Value, result.AddError),
    };

    public static bool IsKind(string word) => Kinds.Contains(word);

    /// <summary>The name alone.</summary>
    /// <param name="refuse">Told what is wrong where the text names no Canary.</param>
    public static string Read(string text, Action<string> refuse)
    {
        var parts = text.Split('/');
        if (parts[^1].Length > 0 && (parts.Length == 1 || (parts.Length == 2 && IsKind(parts[0]))))
            return parts[^1];
        refuse($"'{text}' names no Canary: write NAME or canary/NAME");
        return "";
    }
}
