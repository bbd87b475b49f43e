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
        var under = status.Phase is Phase.Progressing or Phase.WaitingPromotion;
        return string.Join("  ", run.StepProgram.Select((step, index) =>
            under && index == run.Step - 1 ? $"[{step}]" : index < run.Step ? $"{step} done" : step));
    }
}
