using Rollouts.TestKit;

namespace Rollouts.Controller.Tests.Traces;

/// <summary>The traces that are not met yet, with the reason: open.txt, which may only shrink.</summary>
internal static class OpenTraces
{
    public static IReadOnlyDictionary<string, string> All { get; } =
        File.ReadLines(Path.Combine(Repository.Root, "tests", "Rollouts.Controller.Tests", "Traces", "open.txt"))
            .Where(line => line.Length > 0 && !line.StartsWith('#'))
            .Select(line => line.Split(": ", 2))
            .ToDictionary(line => line[0], line => line[1]);
}
