namespace Rollouts.Simulation;

/// <summary>Questions that were asked, and their answers once they have come. What is not asked any more is forgotten.</summary>
internal sealed class Desk<TAnswer>
    where TAnswer : class
{
    private readonly Dictionary<string, (TimeSpan Due, TAnswer? Answer)> asked = [];

    /// <summary>The answer; null while it is under way.</summary>
    /// <param name="delay">How long the answer takes, where this asks for it first.</param>
    /// <param name="draw">Draws the answer once it comes; null: it does not come now.</param>
    public TAnswer? Ask(string question, TimeSpan now, TimeSpan delay, Func<TAnswer?> draw)
    {
        if (!asked.TryGetValue(question, out var known))
            asked[question] = known = (now + delay, null);
        if (known.Answer is null && now >= known.Due)
            asked[question] = known = (known.Due, draw());
        return known.Answer;
    }

    public void Keep(HashSet<string> questions)
    {
        foreach (var old in asked.Keys.Where(question => !questions.Contains(question)).ToList())
            asked.Remove(old);
    }

    public void Clear() => asked.Clear();

    /// <summary>When the next answer comes; null: none is under way.</summary>
    public TimeSpan? Next(TimeSpan now)
    {
        TimeSpan? next = null;
        foreach (var (due, answer) in asked.Values)
        {
            if (answer is null && due > now && !(due >= next))
                next = due;
        }
        return next;
    }
}
