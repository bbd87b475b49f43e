namespace Rollouts.Model;

/// <summary>How the traffic is shared between primary and candidate; the two always sum to 100.</summary>
public readonly record struct Split(Weight Candidate)
{
    /// <summary>Everything to the primary: 100/0.</summary>
    public static Split AllPrimary => new(Weight.Zero);

    public Weight Primary => Candidate.Rest;

    public override string ToString() => $"{Primary}/{Candidate}";
}
