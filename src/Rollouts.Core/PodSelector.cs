using System.Text.Json.Nodes;
using Rollouts.Model;

namespace Rollouts.Core;

/// <summary>
/// The labels that select the target's pods, and the one of them by which the primary's are told apart: the first of app, name and
/// app.kubernetes.io/name. All the others stay in both selectors, else two releases of one chart would select each other's pods.
/// </summary>
public sealed record PodSelector(string Label, EquatableMap Target)
{
    /// <summary>The labels by which a target's pods may be told from the primary's, in Flagger's order.</summary>
    public static IReadOnlyList<string> Labels { get; } = ["app", "name", "app.kubernetes.io/name"];

    /// <summary>Null where the target selects by none of them.</summary>
    public static PodSelector? Of(EquatableMap matchLabels) =>
        Labels.Where(matchLabels.ContainsKey).Select(label => new PodSelector(label, matchLabels)).FirstOrDefault();

    public EquatableMap Primary => Target.With(Label, $"{Target[Label]}-primary");

    /// <summary>
    /// Whether a primary that selects by these labels is one of this target. It is not where the target was made anew with another
    /// selector: Services for the new labels would find no pod of the primary that serves.
    /// </summary>
    public bool Fits(EquatableMap primary) => primary.All(label => Primary.GetValueOrDefault(label.Key) == label.Value);

    /// <summary>The selector that a Service or a Deployment has.</summary>
    public static JsonObject ToJson(EquatableMap labels) => new(labels.Select(label => KeyValuePair.Create(label.Key, (JsonNode?)label.Value)));

    /// <summary>Whether a selector with these labels selects the pods of <paramref name="wanted"/>, told by our one label.</summary>
    public bool Selects(IReadOnlyDictionary<string, string> labels, EquatableMap wanted) =>
        labels.TryGetValue(Label, out var value) && value == wanted[Label];
}
