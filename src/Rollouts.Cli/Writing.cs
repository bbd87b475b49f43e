using Spectre.Console;

namespace Rollouts.Cli;

/// <summary>Text that goes out as it is.</summary>
internal static class Writing
{
    /// <summary>A line that is neither wrapped nor read as markup, and that a script waiting for it has at once.</summary>
    public static void Line(this IAnsiConsole console, string text) => console.Raw(text + "\n");

    public static void Raw(this IAnsiConsole console, string text)
    {
        console.Profile.Out.Writer.Write(text);
        console.Profile.Out.Writer.Flush();
    }
}
