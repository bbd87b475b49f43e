using FluentAssertions;

namespace Rollouts.TestKit;

/// <summary>Files that are generated, checked in and kept up to date by a test.</summary>
public static class Golden
{
    private const string Switch = "ROLLOUTS_UPDATE_GOLDEN";

    /// <summary>
    /// Fails unless the file <paramref name="path"/>, relative to the repository's root, holds exactly <paramref name="text"/>. With the
    /// environment variable ROLLOUTS_UPDATE_GOLDEN=1 it is written instead.
    /// </summary>
    public static void Holds(string path, string text)
    {
        var file = Path.Combine(Repository.Root, path);
        if (Environment.GetEnvironmentVariable(Switch) == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file) ?? Repository.Root);
            File.WriteAllText(file, text);
        }
        var mend = $"{path} is generated: run this test with {Switch}=1, look at the difference and check it in";
        File.Exists(file).Should().BeTrue(mend);
        FirstDifference(File.ReadAllText(file), text).Should().BeNull(mend);
    }

    private static string? FirstDifference(string expected, string actual)
    {
        if (expected == actual)
            return null;
        var (old, now) = (expected.Split('\n'), actual.Split('\n'));
        var line = Enumerable.Range(0, Math.Max(old.Length, now.Length)).First(index => old.ElementAtOrDefault(index) != now.ElementAtOrDefault(index));
        return $"line {line + 1} is «{old.ElementAtOrDefault(line)}» and would be «{now.ElementAtOrDefault(line)}»";
    }
}
