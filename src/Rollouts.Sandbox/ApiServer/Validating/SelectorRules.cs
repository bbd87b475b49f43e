using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.ApiServer.Selecting;

namespace Rollouts.Sandbox.ApiServer.Validating;

/// <summary>A workload's selector and the labels of its template.</summary>
internal static class SelectorRules
{
    public static void Check(JsonObject spec, Faults faults)
    {
        JsonObject? selector = spec.ObjectAt("selector");
        if (selector is null)
            faults.Required("spec.selector");
        else if (selector.Count == 0)
            faults.Invalid("spec.selector", selector, "empty selector is invalid for deployment");
        if (selector is null || !Matches(selector, spec.ObjectAt("template", "metadata", "labels")))
            faults.Invalid("spec.template.metadata.labels", spec.At("template", "metadata", "labels"), "`selector` does not match template `labels`");
        foreach (var (key, value) in spec.ObjectAt("template", "metadata", "labels") ?? [])
            MetadataRules.CheckLabel("spec.template.labels", key, value.AsText() ?? "", faults);
    }

    private static bool Matches(JsonObject selector, JsonObject? labels)
    {
        IEnumerable<LabelRequirement> equal = (selector.ObjectAt("matchLabels") ?? [])
            .Select(l => new LabelRequirement(l.Key, LabelOperator.In, [l.Value.AsText() ?? ""]));
        IEnumerable<LabelRequirement> expressions = selector.ObjectsAt("matchExpressions").Select(e => new LabelRequirement(
            e.TextAt("key") ?? "",
            Enum.TryParse(e.TextAt("operator"), out LabelOperator sign) ? sign : LabelOperator.Exists,
            [.. (e.ArrayAt("values") ?? []).Select(v => v.AsText() ?? "")]));
        return equal.Concat(expressions).All(r => r.Matches(labels.TextAt(r.Key)));
    }
}
