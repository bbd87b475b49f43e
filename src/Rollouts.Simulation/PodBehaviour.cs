namespace Rollouts.Simulation;

/// <summary>What becomes of the pods of one revision.</summary>
/// <param name="ReadyAfter">How long after their making they are ready; null: never.</param>
/// <param name="Crashes">The reason that the kubelet gives, after the same time or ten seconds; null: they do not crash.</param>
public sealed record PodBehaviour(TimeSpan? ReadyAfter, string? Crashes = null)
{
    public static PodBehaviour Good { get; } = new(TimeSpan.FromSeconds(5));

    public static PodBehaviour NeverReady { get; } = new((TimeSpan?)null);

    public static PodBehaviour CrashLooping { get; } = new(null, "CrashLoopBackOff");

    internal TimeSpan FailsAfter => ReadyAfter ?? TimeSpan.FromSeconds(10);
}
