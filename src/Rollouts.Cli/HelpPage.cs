using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Rollouts.Cli;

/// <summary>The library's help in a width that does not depend on the terminal, and below it the exit codes.</summary>
internal sealed class HelpPage : SynchronousCommandLineAction
{
    private const int Width = 110;

    private const string ExitCodes = """
        Exit codes:
          0    done; also: Ctrl-C ended what runs until Ctrl-C (sandbox, controller, get -w)
          1    refused, not found, no connection, a command line that is not understood, or a demo that ended otherwise than it should
          130  Ctrl-C before there was a result


        """;

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        new HelpAction { MaxWidth = Width }.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output.Write(ExitCodes);
        return ExitCode.Ok;
    }
}
