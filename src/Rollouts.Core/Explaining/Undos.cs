using Rollouts.Core.Controls;
using Rollouts.Model.Status;

namespace Rollouts.Core.Explaining;

/// <summary>What becomes of the wish to go back to an earlier revision.</summary>
internal static class Undos
{
    public static string Begun(Names names, RunStatus run, Control control) =>
        $"Going back to revision {run.Revision} of {names.Target}, asked by {Runs.By(control)}"
        + (run.Proven ? "; it was proven good before and is promoted without analysis." : "; it was never promoted and is analysed like a new one.");

    public static string Restoring(Names names, RunStatus run) => $"Giving {names.Target} what it had at revision {run.Revision}.";

    public static string Serves(Names names, Control control) => $"{names.Primary} serves revision {control.Revision} already.";

    public static string UnderTest(Control control) => $"Revision {control.Revision} is the one under test, and there is nothing to go back to.";

    public static string Unknown(Control control, IEnumerable<string> kept) =>
        $"There is no revision {control.Revision} to go back to; kept are {string.Join(", ", kept.Order(StringComparer.Ordinal))}: name one of them in {Control.Annotation(control.Kind)}.";
}
