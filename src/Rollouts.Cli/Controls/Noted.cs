using Rollouts.Core.Scheduling;
using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Cli.Controls;

/// <summary>A promote that no controller may act on yet. Its annotation stands, and who waited for the effect would wait for hours.</summary>
internal static class Noted
{
    /// <summary>What has to happen first, as part of a sentence; null where nothing has.</summary>
    public static string? Until(CanaryReading canary, bool full, DateTimeOffset now) => canary.Legible switch
    {
        { Suspend: true } => "spec.suspend is false",
        { Schedule: { } schedule } when ReleaseWindow.At(schedule, now) is WindowState.Closed => "the release window opens",
        _ when full && canary.Status is { Phase: Phase.Progressing, Run: { Step: 0, ReadyAt: null } } => "the candidate is ready",
        _ => null,
    };
}
