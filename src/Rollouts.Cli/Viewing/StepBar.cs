using Rollouts.Model.Status;
using Spectre.Console;

namespace Rollouts.Cli.Viewing;

/// <summary>The step program, the present step in brackets.</summary>
internal static class StepBar
{
    public static Text Of(CanaryStatus status) => new(Line(status));

    public static string Line(CanaryStatus status)
    {
        if (status.Run is not { } run)
            return "no run yet";
        return string.Join("  ", run.StepProgram.Select((step, index) => (index + 1).CompareTo(run.Step) switch
        {
            < 0 => $"{step} done",
            > 0 => step,
            _ when status.Phase is Phase.Progressing or Phase.WaitingPromotion => $"[{step}]",
            _ when status.Phase is Phase.Failed => $"{step} failed",
            _ => $"{step} done",
        }));
    }
}
