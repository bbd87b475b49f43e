using Rollouts.TestKit;

namespace Rollouts.Core.Tests;

/// <summary>DEFECTS.md names a test for each defect, and the tests are there.</summary>
public class DefectsTests
{
    private const string NotHere = "not in this release: ";

    private static readonly (string Defect, string Test)[] Rows =
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "tests", "Rollouts.Core.Tests", "DEFECTS.md"))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells is [_, ['D', >= '0' and <= '9', ..], _, _, _])
            .Select(cells => (cells[1], cells[3])),
    ];

    [Fact]
    public void Every_defect_has_a_test_or_a_reason() =>
        Rows.Select(row => row.Defect).Should().Equal(Enumerable.Range(1, 28).Select(number => $"D{number}"));

    [Fact]
    public void Every_test_that_is_named_is_there() =>
        Rows.Where(row => !row.Test.StartsWith(NotHere, StringComparison.Ordinal) && !Exists(row.Test)).Should().BeEmpty();

    private static bool Exists(string test)
    {
        var at = test.LastIndexOf('.');
        var (type, method) = (test[..at], test[(at + 1)..]);
        if (type.StartsWith("Rollouts.Core.Tests.", StringComparison.Ordinal))
            return typeof(DefectsTests).Assembly.GetType(type)?.GetMethod(method)?.IsDefined(typeof(FactAttribute), inherit: true) == true;
        var name = type[(type.LastIndexOf('.') + 1)..];
        return Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), $"{name}.cs", SearchOption.AllDirectories)
            .Select(File.ReadAllText)
            .Any(source => source.Contains($"namespace {type[..^(name.Length + 1)]};") && source.Contains($" {method}("));
    }
}
