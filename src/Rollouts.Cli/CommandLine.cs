using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Rollouts.Cli.Controls;
using Rollouts.Cli.Demo;
using Rollouts.Cli.Linting;
using Rollouts.Cli.Running;
using Rollouts.Cli.Simulating;
using Rollouts.Cli.Waiting;
using Spectre.Console;

namespace Rollouts.Cli;

/// <summary>The commands, and what becomes of their failures.</summary>
internal static class CommandLine
{
    // A controller gives its lease back and a demo stops its load before they end.
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(20);

    public static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellation)
    {
        var parsed = Root(terminal).Parse(args.Length == 0 ? ["--help"] : args);
        if (parsed.Action is ParseErrorAction refusal)
            return Refuse(parsed, refusal, terminal);
        try
        {
            return await parsed.InvokeAsync(Configuration(terminal), cancellation);
        }
        catch (Exception exception) when (Trouble.Of(exception) is { } trouble)
        {
            Tell(terminal, trouble);
            return ExitCode.Failed;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
    }

    public static RootCommand Root(Terminal terminal)
    {
        var root = new RootCommand("Progressive delivery for Kubernetes: releases every change of a workload step by step, judges it, and promotes it or rolls it back.")
        {
            DemoCommand.Make(terminal),
            SandboxCommand.Make(terminal),
            ControllerCommand.Make(terminal),
            GetCommand.Make(terminal),
            DescribeCommand.Make(terminal),
            HistoryCommand.Make(terminal),
            WaitCommand.Make(terminal),
            LintCommand.Make(terminal),
            SimulateCommand.Make(terminal),
        };
        foreach (var verb in ControlCommand.All(terminal))
            root.Add(verb);
        root.Add(RollbackCommand.Make(terminal));
        root.Add(VersionCommand.Make(terminal));
        root.HelpName = "rollouts";
        foreach (var help in root.Options.OfType<HelpOption>())
            help.Action = new HelpPage();
        return root;
    }

    private static int Refuse(ParseResult parsed, ParseErrorAction refusal, Terminal terminal)
    {
        refusal.ShowHelp = false;
        parsed.Invoke(Configuration(terminal));
        Tell(terminal, new Trouble("the command line is not understood", $"see {Path(parsed)} --help"));
        return ExitCode.Failed;
    }

    private static string Path(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        return command is RootCommand ? "rollouts" : $"rollouts {command.Name}";
    }

    private static void Tell(Terminal terminal, Trouble trouble)
    {
        terminal.Error.MarkupLineInterpolated($"[red]error:[/] {trouble.Message}");
        if (trouble.Mend is { } mend)
            terminal.Error.MarkupLineInterpolated($"[yellow]mend:[/]  {mend}");
    }

    private static InvocationConfiguration Configuration(Terminal terminal) => new()
    {
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = StopWithin,
        Output = terminal.Out.Profile.Out.Writer,
        Error = terminal.Error.Profile.Out.Writer,
    };
}
