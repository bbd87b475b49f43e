using Rollouts.Sandbox.Prometheus.Storage;

namespace Rollouts.Sandbox.Prometheus.Querying;

/// <summary>Answers queries from the store.</summary>
internal sealed class QueryEngine(TimeSeriesStore store)
{
    /// <param name="time">Milliseconds since 1970.</param>
    /// <exception cref="QueryException"/>
    public Value Instant(string query, long time) => Evaluator.Evaluate(Parser.Parse(query), new Moment(new Selections(store), time));

    /// <summary>The query at every step from start to end, both included, all in milliseconds.</summary>
    /// <exception cref="QueryException"/>
    public IReadOnlyList<SampleRun> Range(string query, long start, long end, long step)
    {
        var expression = Parser.Parse(query);
        if (expression.Type is not (ValueType.Scalar or ValueType.Vector))
        {
            throw new QueryException("bad_data",
                $"invalid expression type \"{expression.Type.Described()}\" for range query, must be Scalar or instant Vector");
        }

        var selections = new Selections(store);
        var runs = new Dictionary<Labels, List<Sample>>();
        for (var time = start; time <= end; time += step)
        {
            foreach (var element in ElementsOf(Evaluator.Evaluate(expression, new Moment(selections, time))))
            {
                if (!runs.TryGetValue(element.Labels, out var samples))
                    runs.Add(element.Labels, samples = []);
                samples.Add(new Sample(time, element.Value));
            }
        }
        return [.. runs.OrderBy(run => run.Key).Select(run => new SampleRun(run.Key, run.Value))];
    }

    private static IReadOnlyList<Element> ElementsOf(Value value) =>
        value is ScalarValue scalar ? [new Element(Labels.None, scalar.Number)] : Evaluator.Elements(value);
}
