using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Cli.Demo;

/// <summary>A value that was seen, and how long after the act's beginning.</summary>
internal sealed record Seen<T>(T Value, DateTimeOffset At, TimeSpan After);

/// <summary>What a Canary went through in one act: each value once for each time that it was come to.</summary>
internal sealed class Moments(DateTimeOffset begin)
{
    private readonly List<Seen<Phase>> phases = [];
    private readonly List<Seen<Split>> splits = [];
    private readonly List<CheckVerdict> verdicts = [];

    public IReadOnlyList<Seen<Phase>> Phases => phases;

    public IReadOnlyList<Seen<Split>> Splits => splits;

    public IReadOnlyList<CheckVerdict> Verdicts => verdicts;

    public void Add(CanaryStatus status, DateTimeOffset now)
    {
        Add(phases, status.Phase, now);
        Add(splits, new Split(status.CanaryWeight), now);
        foreach (var verdict in status.Run?.Verdicts ?? [])
        {
            if (!verdicts.Any(known => known.Check == verdict.Check && known.At == verdict.At))
                verdicts.Add(verdict);
        }
    }

    private void Add<T>(List<Seen<T>> seen, T value, DateTimeOffset now)
    {
        if (seen.Count == 0 || !Equals(seen[^1].Value, value))
            seen.Add(new Seen<T>(value, now, now - begin));
    }
}
