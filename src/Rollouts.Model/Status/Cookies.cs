namespace Rollouts.Model.Status;

/// <summary>The cookies of session affinity, each as <c>name=value</c>; null where there is none.</summary>
/// <param name="Candidate">Of users who see the candidate of the present run.</param>
/// <param name="Primary">Of users who are kept on the primary while it runs.</param>
/// <param name="Previous">Of an earlier candidate: users who still send it get it taken back.</param>
public sealed record Cookies(string? Candidate, string? Primary, string? Previous)
{
    public static Cookies None { get; } = new(null, null, null);
}
