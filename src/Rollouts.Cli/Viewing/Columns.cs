using Spectre.Console;

namespace Rollouts.Cli.Viewing;

/// <summary>Rows in columns as kubectl writes them: three blanks between, nothing after the last.</summary>
internal sealed class Columns(IAnsiConsole console, params string[] headers)
{
    private const string Gap = "   ";

    private readonly int[] widths = [.. headers.Select(header => header.Length)];

    /// <summary>The heads and the rows, each column as wide as its widest value.</summary>
    public void Write(IReadOnlyList<string[]> rows)
    {
        Fit(rows);
        WriteLine(headers);
        foreach (var row in rows)
            WriteLine(row);
    }

    /// <summary>One more row below.</summary>
    public void Append(string[] row) => WriteLine(row);

    private void Fit(IReadOnlyList<string[]> rows)
    {
        for (var column = 0; column < widths.Length; column++)
            widths[column] = rows.Select(row => row[column].Length).Append(widths[column]).Max();
    }

    private void WriteLine(string[] cells) =>
        console.Line(string.Join(Gap, cells.Select((cell, column) => column == cells.Length - 1 ? cell : cell.PadRight(widths[column]))).TrimEnd());
}
