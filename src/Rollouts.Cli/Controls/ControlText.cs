using System.Globalization;
using System.Text.Json.Nodes;
using Rollouts.Core.Controls;
using Rollouts.Kubernetes.Client;

namespace Rollouts.Cli.Controls;

/// <summary>The annotation that asks for a control.</summary>
internal static class ControlText
{
    /// <summary>
    /// <c>REVISION [full] USER at TIME[: TEXT]</c>. The controller acts once on each distinct value; the time makes each use one, and
    /// the rest is what people read later in the history.
    /// </summary>
    public static string Value(string revision, bool full, string user, DateTimeOffset at, string? text) =>
        $"{revision} {(full ? "full " : "")}{user} at {Time(at)}{(string.IsNullOrWhiteSpace(text) ? "" : $": {text.ReplaceLineEndings(" ").Trim()}")}";

    public static ObjectPatch Patch(ControlKind kind, string value) => ObjectPatch.Merge(new JsonObject
    {
        ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [Control.Annotation(kind)] = value } },
    });

    /// <summary>What the control does, in a few words.</summary>
    public static string Effect(ControlKind kind) => kind switch
    {
        ControlKind.Abort => "Move all traffic back to the primary at once; the run has failed by hand.",
        ControlKind.Promote => "End the present step, or the wait for a person.",
        ControlKind.Pause => "Hold the run at its present split; checks go on and may still roll back.",
        ControlKind.Resume => "End a pause.",
        ControlKind.Retry => "Start a new run of the revision that failed.",
        ControlKind.Rollback => "Make an earlier revision the candidate again.",
    };

    // Milliseconds keep two uses within a second apart; finer parts are noise to who reads it.
    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
