using System.Text.Json.Nodes;
using Rollouts.Model;

namespace Rollouts.Core;

/// <summary>
/// The labels that select the target's pods, and the one of them by which the primary's are told apart: the first that it has of the
/// controller's <c>--selector-labels</c>. All the others stay in both selectors, else two releases of one chart would select each other's pods.
/// </summary>
public sealed record PodSelector(string Label, EquatableMap Target)
{
    /// <summary>The labels that a target's pods may be told from the primary's by, in Flagger's order.</summary>
    public static EquatableList<string> UsualLabels { get; } = ["app", "name", "app.kubernetes.io/name"];

    /// <summary>Null where the target's selector has none of the labels.</summary>
    public static PodSelector? Of(EquatableMap target, EquatableList<string> labels) =>
        labels.Where(target.ContainsKey).Select(label => new PodSelector(label, target)).FirstOrDefault();

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
