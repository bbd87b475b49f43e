using Rollouts.Core.Configs;
using Rollouts.Core.Controls;
using Rollouts.Model;
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

    public static string OtherConfigs(Names names, Control control, EquatableList<TrackedConfig> kept) =>
        $"Revision {control.Revision} of {names.Target} had other contents in {List(kept, config => $"{config.Id}")}, which are kept in {Copies(names, kept)}. "
        + "What is yours is not changed by us, and without them this would be another revision: put them back, then ask again.";

    public static string WithOtherConfigs(Names names, RunStatus run, string revision, EquatableList<TrackedConfig> kept) =>
        $"{names.Target} has the template of revision {run.Revision} again, but {List(kept, config => $"{config.Id}")} {(kept.Count == 1 ? "holds" : "hold")} other contents than then, "
        + $"which are kept in {Copies(names, kept)}: together they are revision {revision}, which is analysed like a new one.";

    public static string Unknown(Control control, IEnumerable<string> kept) =>
        $"There is no revision {control.Revision} to go back to; kept are {string.Join(", ", kept.Order(StringComparer.Ordinal))}: name one of them in {Control.Annotation(control.Kind)}.";

    private static string Copies(Names names, EquatableList<TrackedConfig> kept) =>
        List(kept, config => $"{config.Id with { Name = names.ConfigSnapshot(config.Id.Name, config.Digest) }}");

    private static string List(EquatableList<TrackedConfig> configs, Func<TrackedConfig, string> name) => string.Join(", ", configs.Select(name));
}
