using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Core.Routing;

/// <summary>Where requests go: how they are shared, and which share of them is copied to the candidate besides.</summary>
public readonly record struct Traffic(Split Split, Weight Mirrored)
{
    /// <summary>Everything to the primary, and no copies.</summary>
    public static Traffic AllPrimary => new(Split.AllPrimary, Weight.Zero);

    /// <summary>Where a run means to send requests.</summary>
    public static Traffic Of(RunStatus run) => new(run.Split, run.Mirrored);

    public override string ToString() => Mirrored == Weight.Zero ? $"{Split}" : $"{Split} with {Mirrored}% mirrored";
}
