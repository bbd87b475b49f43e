namespace Rollouts.Controller.Tests.Crashing;

/// <summary>A moment at which a controller may die, and what it leaves.</summary>
/// <param name="Write">Which of its writes was about to be sent or has just been done, from 1.</param>
/// <param name="Now">By the controller's clock.</param>
internal sealed record Crash(int Write, CrashMoment Moment, FrozenCluster Cluster, DateTimeOffset Now)
{
    /// <summary>In so short a time no check, step or deadline falls due.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromMilliseconds(200);

    public bool IsThatOf(Crash before) => Cluster.Revision == before.Cluster.Revision && Now - before.Now < AtOnce;

    public override string ToString() => $"{Moment} {Write}";
}
