using Rollouts.Core.Phases;
using Rollouts.TestKit;

namespace Rollouts.Core.Tests.Phases;

public class DiagramTests
{
    private const string Start = "<!-- states -->";
    private const string End = "<!-- /states -->";

    [Fact]
    public void The_README_shows_the_phases_as_they_are()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        readme.Should().Contain(Start).And.Contain(End);

        var (before, rest) = Cut(readme, Start);
        var (_, after) = Cut(rest, End);
        Golden.Holds("README.md", $"{before}{Start}\n```mermaid\n{PhaseMachine.Diagram().ReplaceLineEndings("\n").Trim()}\n```\n{End}{after}");
    }

    private static (string Before, string After) Cut(string text, string marker)
    {
        var at = text.IndexOf(marker, StringComparison.Ordinal);
        return (text[..at], text[(at + marker.Length)..]);
    }
}
