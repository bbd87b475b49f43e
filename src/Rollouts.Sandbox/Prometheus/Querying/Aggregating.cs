using Rollouts.Sandbox.Prometheus.Storage;

namespace Rollouts.Sandbox.Prometheus.Querying;

/// <summary>sum, avg, min, max and count over groups of elements.</summary>
internal static class Aggregating
{
    public static VectorValue Evaluate(Aggregation aggregation, IReadOnlyList<Element> elements)
    {
        string[] dropped = [.. aggregation.Labels, Labels.MetricName];
        var groups = elements.GroupBy(
            element => aggregation.Without ? element.Labels.Without(dropped) : element.Labels.Only(aggregation.Labels),
            element => element.Value);
        return new VectorValue([.. groups.Select(group => new Element(group.Key, Combine(aggregation.Operator, [.. group])))]);
    }

    private static double Combine(AggregationOperator op, IReadOnlyList<double> values) => op switch
    {
        AggregationOperator.Sum => values.Sum(),
        AggregationOperator.Avg => values.Sum() / values.Count,
        AggregationOperator.Min => values.Aggregate((least, value) => value < least || double.IsNaN(least) ? value : least),
        AggregationOperator.Max => values.Aggregate((most, value) => value > most || double.IsNaN(most) ? value : most),
        AggregationOperator.Count => values.Count,
    };
}
