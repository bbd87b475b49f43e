using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Rollouts.Architecture.Tests;

public sealed partial class TreeTests
{
    private const int LongestFile = 300;

    [Fact]
    public void The_top_of_the_tree_holds_only_what_belongs_there() =>
        Strangers(RepositoryTree.Root.EnumerateFileSystemInfos().Select(entry => entry.Name)).Should().BeEmpty();

    [Fact]
    public void A_stranger_at_the_top_of_the_tree_is_seen() =>
        Strangers(["src", "README.md", ".ci", "Directory.Build.props", "Directory.Build.props.bak", "docs", "xsrc"])
            .Should().Equal("Directory.Build.props.bak", "docs", "xsrc");

    [Fact]
    public void No_file_of_src_is_longer_than_a_reader_can_hold() =>
        TooLong(RepositoryTree.Sources("src", "*.cs")).Should().BeEmpty();

    [Fact]
    public void A_file_of_one_line_too_many_is_seen() =>
        TooLong([new("a.cs", Lines(LongestFile)), new("b.cs", Lines(LongestFile + 1))]).Should().Equal("b.cs: 301 lines");

    [Fact]
    public void Every_central_package_is_used_by_a_project() =>
        Unused(
            File.ReadAllText(Path.Combine(RepositoryTree.Root.FullName, "Directory.Packages.props")),
            [
                File.ReadAllText(Path.Combine(RepositoryTree.Root.FullName, "Directory.Build.props")),
                .. RepositoryTree.Sources("src", "*.csproj").Concat(RepositoryTree.Sources("tests", "*.csproj")).Select(file => file.Text),
            ]).Should().BeEmpty();

    [Fact]
    public void A_central_package_without_a_project_is_seen() =>
        Unused(
            """
            <Project>
              <ItemGroup><PackageVersion Include="Used" Version="1" /><PackageVersion Include="Unused" Version="1" /></ItemGroup>
              <ItemGroup Label="Transitive pins"><PackageVersion Include="Pinned" Version="1" /></ItemGroup>
            </Project>
            """,
            ["""<Project><ItemGroup><PackageReference Include="Used" /></ItemGroup></Project>"""]).Should().Equal("Unused");

    [Fact]
    public void No_test_is_skipped_and_none_sleeps() =>
        Lazy(RepositoryTree.Sources("tests", "*.cs")).Should().BeEmpty();

    [Theory]
    [InlineData("[Fact(Ski", "p = \"flaky\")]")]
    [InlineData("[Theory(Ski", "p=Why)]")]
    [InlineData("Thread.", "Sleep(wait);")]
    [InlineData("await Task.", "Delay(100, token);")]
    public void A_test_that_is_skipped_or_sleeps_is_seen(string start, string end) =>
        Lazy([new("a.cs", $"\n  {start}{end}")]).Should().Equal($"a.cs: {start}{end}");

    [Theory]
    [InlineData("values.Skip(1)")]
    [InlineData("await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);")]
    [InlineData("await Task.Delay(interval, time, token);")]
    public void A_test_that_waits_for_the_thing_itself_is_not_accused(string line) =>
        Lazy([new("a.cs", line)]).Should().BeEmpty();

    private static IEnumerable<string> Strangers(IEnumerable<string> names) => names.Where(name => !KnownName().IsMatch(name));

    private static IEnumerable<string> TooLong(IEnumerable<SourceText> files) =>
        from file in files
        let lines = file.Text.TrimEnd('\n').Split('\n').Length
        where lines > LongestFile
        select $"{file.Path}: {lines} lines";

    // Pins are named for what other packages bring in, so no project need name them.
    private static IEnumerable<string> Unused(string packages, IEnumerable<string> projects) =>
        Included(XDocument.Parse(packages).Descendants("ItemGroup").Where(group => group.Attribute("Label")?.Value != "Transitive pins"), "PackageVersion")
            .Except(projects.SelectMany(project => Included(XDocument.Parse(project).Descendants("ItemGroup"), "PackageReference")));

    private static IEnumerable<string> Included(IEnumerable<XElement> groups, string item) =>
        groups.Elements(item).Select(element => element.Attribute("Include")!.Value);

    private static IEnumerable<string> Lazy(IEnumerable<SourceText> files) =>
        from file in files
        from Match match in LazyLine().Matches(file.Text)
        select $"{file.Path}: {match.Value.Trim()}";

    private static string Lines(int count) => string.Concat(Enumerable.Repeat("line\n", count));

    // What is built and what tests leave behind is ignored by git, but lies in the same folder.
    [GeneratedRegex(@"^(src|crds|tests|samples|Rollouts\.sln|README\.md|LICENSE|Directory\.[^.]*\.props|\..*|artifacts|TestResults)$")]
    private static partial Regex KnownName();

    [GeneratedRegex(@"^.*(\bSkip\s*=[^=>]|\bThread\.Sleep\(|\bTask\.Delay\(\s*\d).*$", RegexOptions.Multiline)]
    private static partial Regex LazyLine();
}
