using Rollouts.Model;

namespace Rollouts.Core.Controls;

/// <summary>The control annotations of a Canary, the most urgent first.</summary>
public static class ControlsReading
{
    /// <param name="writers">The field manager of each annotation, where it is known.</param>
    public static EquatableList<Control> Read(CanaryMetadata metadata, IReadOnlyDictionary<string, string> writers) =>
        Enum.GetValues<ControlKind>()
            .Select(kind => (kind, name: Control.Annotation(kind)))
            .Where(control => metadata.Annotations.ContainsKey(control.name) && metadata.Annotations[control.name].Trim().Length > 0)
            .Select(control => new Control(control.kind, metadata.Annotations[control.name].Trim(), writers.GetValueOrDefault(control.name, "unknown")))
            .ToEquatableList();
}
