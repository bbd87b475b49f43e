using Rollouts.Core.Routing;
using Rollouts.Model;

namespace Rollouts.Core.Stepping;

/// <summary>Programs of a number of checks at one place: A/B and blue/green.</summary>
public static class Iterations
{
    private const string Content = "iteration: ";

    /// <summary>A/B: the requests that match go to the candidate, all the time.</summary>
    public static EquatableList<Step> Matched(int count) => Checks(count, new Traffic(new Split(Weight.Full), Weight.Zero)).ToEquatableList();

    /// <summary>
    /// Blue/green: checked without any of the users' requests, or with copies of them, then switched over and checked once more while the
    /// old version still stands, so that the way back is one write.
    /// </summary>
    public static EquatableList<Step> BlueGreen(int count, Weight mirrored) =>
        Checks(count, new Traffic(Split.AllPrimary, mirrored)).Append(Ramp.To(Weight.Full)).ToEquatableList();

    /// <summary>How many of the steps are iterations, for <c>status.iterations</c>.</summary>
    public static int Count(IEnumerable<string> contents) => contents.Count(content => content.StartsWith(Content, StringComparison.Ordinal));

    private static IEnumerable<Step> Checks(int count, Traffic traffic) =>
        Enumerable.Range(1, count).Select(number => new Step($"{Content}{number}", traffic, null, new StepEnd.Checked()));
}
