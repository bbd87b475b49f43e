using Rollouts.TestKit;

namespace Rollouts.Controller.Tests.Traces;

/// <summary>One way in which we are not as Flagger is, on purpose: a line of the table in this folder's README, which is what the tests go by.</summary>
internal sealed record Difference(string Trace, string Field, string Flagger, string Rollouts, string Why)
{
    private const string Head = "| trace | field | Flagger | Rollouts | why |";

    public static string File => Path.Combine(Repository.Root, "tests", "Rollouts.Controller.Tests", "Traces", "README.md");

    public static IReadOnlyList<Difference> All { get; } =
    [
        .. System.IO.File.ReadLines(File)
            .SkipWhile(line => line != Head)
            .Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .SelectMany(Read),
    ];

    // A difference that several traces show stands in one line, with all their names.
    private static IEnumerable<Difference> Read(string line)
    {
        if (line.Split('|') is not ["", var traces, var field, var flagger, var rollouts, var why, ""])
            throw new FormatException($"{File}: «{line}» has not the five columns of «{Head}»");
        return traces.Split(',').Select(trace => new Difference(trace.Trim(), field.Trim(), flagger.Trim(), rollouts.Trim(), why.Trim()));
    }
}
