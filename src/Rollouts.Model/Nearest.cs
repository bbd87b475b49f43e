namespace Rollouts.Model;

/// <summary>The name that was probably meant by one that nobody knows.</summary>
public static class Nearest
{
    /// <summary>Null where none is near: a far-fetched guess is worse than none.</summary>
    public static string? To(string word, IEnumerable<string> known) =>
        known
            .Select(name => (name, distance: Distance(word.ToLowerInvariant(), name.ToLowerInvariant())))
            .Where(guess => guess.distance <= Math.Max(1, Math.Min(word.Length, guess.name.Length) / 3) || IsPart(word, guess.name))
            .OrderBy(guess => guess.distance)
            .Select(guess => guess.name)
            .FirstOrDefault();

    // canaryAnalysis for analysis, replicas for minReplicas.
    private static bool IsPart(string word, string name) =>
        Math.Min(word.Length, name.Length) > 4
        && (word.Contains(name, StringComparison.OrdinalIgnoreCase) || name.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>Letters to put in, take out or change to make one word of the other.</summary>
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var (corner, left) = (row[0], row[0] = i);
            for (var j = 1; j <= to.Length; j++)
            {
                left = Math.Min(Math.Min(row[j], left) + 1, corner + (from[i - 1] == to[j - 1] ? 0 : 1));
                (corner, row[j]) = (row[j], left);
            }
        }
        return row[^1];
    }
}
