using Rollouts.Sandbox.Prometheus.Storage;

namespace Rollouts.Sandbox.Prometheus.Querying;

/// <summary>Every function that a query may call.</summary>
internal static class Functions
{
    private static readonly Dictionary<string, Function> ByName = new Function[]
    {
        OverRange("rate", (run, range) => Extrapolation.Increase(run, range, isCounter: true) / ((range.End - range.Start) / 1000.0)),
        OverRange("increase", (run, range) => Extrapolation.Increase(run, range, isCounter: true)),
        OverRange("delta", (run, range) => Extrapolation.Increase(run, range, isCounter: false)),
        OverRange("irate", (run, _) => Extrapolation.Instant(run)),
        OverRange("sum_over_time", (run, _) => run.Samples.Sum(sample => sample.Value)),
        OverRange("avg_over_time", (run, _) => run.Samples.Average(sample => sample.Value)),
        OverRange("count_over_time", (run, _) => run.Samples.Count),
        OverRange("min_over_time", (run, _) => run.Samples.Select(sample => sample.Value).Aggregate((a, b) => b < a || double.IsNaN(a) ? b : a)),
        OverRange("max_over_time", (run, _) => run.Samples.Select(sample => sample.Value).Aggregate((a, b) => b > a || double.IsNaN(a) ? b : a)),
        PerElement("abs", Math.Abs),
        PerElement("ceil", Math.Ceiling),
        PerElement("floor", Math.Floor),
        WithBound("clamp_min", Math.Max),
        WithBound("clamp_max", Math.Min),
        new("histogram_quantile", ValueType.Vector, [ValueType.Scalar, ValueType.Vector],
            (arguments, _) => HistogramQuantile.Evaluate(Number(arguments[0]), Evaluator.Elements(arguments[1]))),
        new("vector", ValueType.Vector, [ValueType.Scalar], (arguments, _) => new VectorValue([new Element(Labels.None, Number(arguments[0]))])),
        new("scalar", ValueType.Scalar, [ValueType.Vector],
            (arguments, _) => new ScalarValue(Evaluator.Elements(arguments[0]) is [var only] ? only.Value : double.NaN)),
        new("time", ValueType.Scalar, [], (_, moment) => new ScalarValue(moment.Time / 1000.0)),
    }.ToDictionary(function => function.Name);

    public static Function? Find(string name) => ByName.GetValueOrDefault(name);

    private static Function OverRange(string name, Func<SampleRun, MatrixValue, double?> compute) =>
        new(name, ValueType.Vector, [ValueType.Matrix], (arguments, _) =>
        {
            var range = (MatrixValue)arguments[0];
            var computed =
                from run in range.Runs
                let value = compute(run, range)
                where value is not null
                select new Element(run.Labels.WithoutName(), value.Value);
            return new VectorValue([.. computed]);
        });

    private static Function PerElement(string name, Func<double, double> compute) =>
        new(name, ValueType.Vector, [ValueType.Vector], (arguments, _) => Map(arguments[0], compute));

    private static Function WithBound(string name, Func<double, double, double> compute) =>
        new(name, ValueType.Vector, [ValueType.Vector, ValueType.Scalar],
            (arguments, _) => Map(arguments[0], value => compute(value, Number(arguments[1]))));

    private static VectorValue Map(Value vector, Func<double, double> compute) =>
        new([.. Evaluator.Elements(vector).Select(element => new Element(element.Labels.WithoutName(), compute(element.Value)))]);

    private static double Number(Value value) => ((ScalarValue)value).Number;
}
