using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Rollouts.Cli.Linting;
using Rollouts.Cli.Simulating;
using Rollouts.Cli.Waiting;

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

    private const string WaitCodes = """
        Exit codes:
          0    as wished: the revision was promoted (--for promoted), or the run waits for a person (--for paused)
          1    refused, not found, no connection, a command line that is not understood; also: the Canary's spec has an error, so that
               nothing will happen until it is mended, or it was promoted without a pause (--for paused)
          2    the run waits for a person: paused by hand, waiting for promotion, or suspended (--for promoted without --through-pauses)
          3    neither within --timeout
          4    rolled back: the run failed or was aborted, or the target was set back in mid-run
          130  Ctrl-C before there was a result


        """;

    private const string LintCodes = """
        Exit codes:
          0    no error; there may be warnings
          1    an error, or with --strict a warning; also: a file that cannot be read, a command line that is not understood
          130  Ctrl-C before there was a result


        """;

    private const string SimulateCodes = """
        Exit codes:
          0    the new version would be promoted
          1    a command line that is not understood, a file that cannot be read, or errors in the Canary, which are those of lint
          2    it would wait for a person, a gate or spec.suspend (a pause step, promotion by hand)
          4    it would be rolled back
          130  Ctrl-C before there was a result


        """;

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        new HelpAction { MaxWidth = Width }.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output.Write(CodesOf(parseResult.CommandResult.Command.Name));
        return ExitCode.Ok;
    }

    private static string CodesOf(string command) => command switch
    {
        WaitCommand.Name => WaitCodes,
        LintCommand.Name => LintCodes,
        SimulateCommand.Name => SimulateCodes,
        _ => ExitCodes,
    };
}
