using Rollouts.Model.Analysis;

namespace Rollouts.Core.Deciding;

/// <summary>
/// Webhooks that are asked again and again, once in each slot of time since the run started. A slot is an interval, or longer where the
/// webhook may take longer to answer with all its tries: else a slow one would be asked anew before it could ever answer.
/// </summary>
internal static class Polling
{
    /// <summary>The longest pause between two tries of one call.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private static long Slot(Turn turn, HookSpec hook) => (turn.Now - turn.Run.StartedAt).Ticks / Length(turn, hook).Ticks;

    /// <summary>The slot in a key, by when it begins: no number comes twice when the run starts after a wait or its interval is edited.</summary>
    public static long Number(Turn turn, HookSpec hook) => (Next(turn, hook) - Length(turn, hook)).ToUnixTimeSeconds();

    /// <summary>When the next slot begins.</summary>
    public static DateTimeOffset Next(Turn turn, HookSpec hook) => turn.Run.StartedAt + ((Slot(turn, hook) + 1) * Length(turn, hook));

    private static TimeSpan Length(Turn turn, HookSpec hook)
    {
        var answer = (hook.Timeout * (hook.Retries + 1)) + (Pause * hook.Retries);
        return answer > turn.Spec.Analysis.Interval.Length ? answer : turn.Spec.Analysis.Interval.Length;
    }
}
