using Spectre.Console;

namespace Rollouts.Cli;

/// <summary>What a command has of the process around it.</summary>
/// <param name="Out">What was asked for.</param>
/// <param name="Error">What went wrong, and hints that a script is not to read.</param>
/// <param name="Person">Who types, for the text of a control.</param>
internal sealed record Terminal(IAnsiConsole Out, IAnsiConsole Error, TimeProvider Time, string Person)
{
    // Spectre wraps at the width of the terminal; where there is none, a line is as long as what it says.
    private const int Unwrapped = 100_000;

    /// <summary>What is piped in.</summary>
    public TextReader In { get; init; } = TextReader.Null;

    public static Terminal OfProcess()
    {
#pragma warning disable RS0030 // The one place where the process meets its console; everything else is handed it.
        var (input, output, error) = (System.Console.In, System.Console.Out, System.Console.Error);
#pragma warning restore RS0030
        return new Terminal(Open(output), Open(error), TimeProvider.System, User()) { In = input };
    }

    // sudo and su keep USER, so that it is who types; a container often has none.
    private static string User() => Environment.GetEnvironmentVariable("USER") is { Length: > 0 } user ? user : Environment.UserName;

    /// <summary>Colours and a live view only on a terminal; NO_COLOR takes the colours away there too.</summary>
    private static IAnsiConsole Open(TextWriter writer)
    {
        var output = new AnsiConsoleOutput(writer);
        var plain = !output.IsTerminal || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = output,
            Ansi = output.IsTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = output.IsTerminal ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!output.IsTerminal)
            console.Profile.Width = Unwrapped;
        return console;
    }
}
