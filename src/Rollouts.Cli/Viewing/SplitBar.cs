using Rollouts.Model;
using Spectre.Console;

namespace Rollouts.Cli.Viewing;

/// <summary>How the traffic is shared, drawn: <c>#</c> is the primary, <c>+</c> the candidate, so that it reads without colours too.</summary>
internal static class SplitBar
{
    public static Paragraph Of(Split split, int width)
    {
        var candidate = split.Candidate > Weight.Zero ? Math.Max(1, split.Candidate.Percent * width / 100) : 0;
        return new Paragraph()
            .Append(new string('#', width - candidate), new Style(Color.Green))
            .Append(new string('+', candidate), new Style(Color.Yellow))
            .Append($" {split} (primary/candidate)");
    }
}
