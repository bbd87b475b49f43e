using Rollouts.Model.Status;
using Spectre.Console;

namespace Rollouts.Cli.Viewing;

/// <summary>A phase in the colour of how it stands.</summary>
internal static class PhaseText
{
    public static Text Of(Phase phase) => new(phase.ToString(), StyleOf(phase));

    public static Style StyleOf(Phase phase) => new(phase switch
    {
        Phase.Initialized or Phase.Succeeded => Color.Green,
        Phase.Failed => Color.Red,
        Phase.Waiting or Phase.WaitingPromotion => Color.Yellow,
        Phase.Initializing or Phase.Progressing or Phase.Promoting or Phase.Finalising or Phase.Terminating => Color.Blue,
    });
}
