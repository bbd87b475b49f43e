using System.Text.Json.Nodes;
using Rollouts.Core.Controls;
using Rollouts.Kubernetes.Client;
using Rollouts.Model.Json;

namespace Rollouts.Cli.Controls;

/// <summary>The annotation that asks for a control.</summary>
internal static class ControlText
{
    /// <summary>
    /// <c>REVISION [full] USER at TIME[: TEXT]</c>. The controller acts once on each distinct value; the time makes each use one, and
    /// the rest is what people read later in the history.
    /// </summary>
    public static string Value(string revision, bool full, string user, DateTimeOffset at, string? text) =>
        $"{revision} {(full ? "full " : "")}{user} at {TimeText.Format(ToMilliseconds(at))}{(string.IsNullOrWhiteSpace(text) ? "" : $": {text.ReplaceLineEndings(" ").Trim()}")}";

    public static ObjectPatch Patch(ControlKind kind, string value) => ObjectPatch.Merge(new JsonObject
    {
        ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [Control.Annotation(kind)] = value } },
    });

    // Finer parts are noise to who reads it; milliseconds keep two uses within a second apart.
    private static DateTimeOffset ToMilliseconds(DateTimeOffset at) => new(at.Ticks - at.Ticks % TimeSpan.TicksPerMillisecond, at.Offset);
}
