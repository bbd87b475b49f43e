using Spectre.Console.Testing;

namespace Rollouts.Cli.Tests.World;

/// <summary>What a command answered.</summary>
internal sealed record Answer(int Code, string Out, string Error);

/// <summary>Runs commands within this process, as a person who is called alice types them.</summary>
internal static class Shell
{
    public static async Task<Answer> RunAsync(string[] args, string input = "", CancellationToken cancellation = default)
    {
        using var output = new TestConsole().Width(200);
        using var error = new TestConsole().Width(400);
        var terminal = new Terminal(output, error, TimeProvider.System, "alice") { In = new StringReader(input) };
        var code = await CommandLine.RunAsync(args, terminal, cancellation);
        return new Answer(code, output.Output, error.Output);
    }
}
