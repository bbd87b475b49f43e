using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Core.Stepping;

/// <summary>
/// Where a run stands in its program, which may have been edited since: by what its steps are, not by their number. Steps that were done
/// are found again in their order (a longest common subsequence); the run goes on behind the last of them, and never to a weight that it
/// has passed. Flagger jumps to 100 where the present weight is no longer in the list (D7).
/// </summary>
/// <param name="Here">The present step; null before the first, or where the step is no longer in the program.</param>
/// <param name="Next">Index of the step that comes next; the program's length at its end.</param>
public sealed record Place(Step? Here, int Next)
{
    public static Place Of(EquatableList<Step> program, RunStatus run)
    {
        if (run.Step == 0)
            return new Place(null, 0);
        var begun = run.StepProgram.Take(run.Step).ToArray();
        var same = begun.Zip(program).TakeWhile(pair => pair.First == pair.Second.Content).Count();
        if (same == begun.Length)
            return same == 0 ? new Place(null, 0) : new Place(program[same - 1], same);

        var found = Match(begun[same..], [.. program.Skip(same).Select(step => step.Content)]);
        if (found[^1] is { } here)
            return new Place(program[same + here], same + here + 1);

        var next = same + (found.Max() ?? -1) + 1;
        while (next < program.Count && IsBehind(program[next], run.Split.Candidate))
            next++;
        return new Place(null, next);
    }

    private static bool IsBehind(Step step, Weight present) =>
        step.Traffic.Split.Candidate < present || (step.Traffic.Split.Candidate == present && step.Content.StartsWith(Ramp.To(present).Content, StringComparison.Ordinal));

    /// <summary>For each old item the index of the new one that it is, or null; in order, as many as can be.</summary>
    private static int?[] Match(string[] old, string[] now)
    {
        var common = new int[old.Length + 1, now.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
        {
            for (var j = now.Length - 1; j >= 0; j--)
                common[i, j] = old[i] == now[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        }

        var found = new int?[old.Length];
        for (int i = 0, j = 0; i < old.Length && j < now.Length;)
        {
            if (old[i] == now[j])
                found[i++] = j++;
            else if (common[i + 1, j] >= common[i, j + 1])
                i++;
            else
                j++;
        }
        return found;
    }
}
