using Rollouts.Sandbox.Prometheus.Storage;

namespace Rollouts.Sandbox.Prometheus.Querying;

/// <summary>One-to-one matching of two vectors' elements by their labels.</summary>
internal static class VectorMatching
{
    /// <summary>The part of the labels by which elements belong together; the metric's name only when it is asked for.</summary>
    public static Func<Labels, Labels> Signature(Matching matching)
    {
        string[] ignored = [.. matching.Labels, Labels.MetricName];
        return matching.On ? labels => labels.Only(matching.Labels) : labels => labels.Without(ignored);
    }

    public static VectorValue Evaluate(Binary operation, IReadOnlyList<Element> left, IReadOnlyList<Element> right)
    {
        var signature = Signature(operation.Matching);
        var partners = new Dictionary<Labels, Element>();
        foreach (var element in right)
        {
            if (!partners.TryAdd(signature(element.Labels), element))
                throw TooMany(signature(element.Labels));
        }

        var matched = new HashSet<Labels>();
        var results = new List<Element>();
        foreach (var element in left)
        {
            var key = signature(element.Labels);
            if (!partners.TryGetValue(key, out var partner)
                || BinaryOperation.Result(operation, Kept(operation.Matching, element.Labels), element.Value, element.Value, partner.Value) is not { } result)
                continue;
            if (!matched.Add(key))
                throw QueryException.Execution("multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)");
            results.Add(result);
        }
        return new VectorValue(results);
    }

    private static Labels Kept(Matching matching, Labels labels) =>
        matching.On ? labels.Only(matching.Labels) : labels.Without(matching.Labels);

    private static QueryException TooMany(Labels signature) => QueryException.Execution(
        $"found duplicate series for the match group {signature} on the right hand-side of the operation;"
        + "many-to-many matching not allowed: matching labels must be unique on one side");
}
