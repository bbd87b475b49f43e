using System.Diagnostics;
using Rollouts.Sandbox.Prometheus.Storage;

namespace Rollouts.Sandbox.Prometheus.Querying;

/// <summary>Computes an expression at one time.</summary>
internal static class Evaluator
{
    /// <exception cref="QueryException">Two results have the same labels, or elements match many to many.</exception>
    public static Value Evaluate(Expression expression, Moment moment) => expression switch
    {
        NumberLiteral number => new ScalarValue(number.Value),
        StringLiteral text => new TextValue(text.Value),
        VectorSelector selector => moment.Select(selector),
        RangeSelector selector => moment.Select(selector),
        Negation negation => Negated(Evaluate(negation.Operand, moment)),
        Call call => Distinct(call.Function.Apply([.. call.Arguments.Select(argument => Evaluate(argument, moment))], moment)),
        Aggregation aggregation => Aggregating.Evaluate(aggregation, Elements(Evaluate(aggregation.Operand, moment))),
        Binary binary => Distinct(BinaryOperation.Evaluate(binary, Evaluate(binary.Left, moment), Evaluate(binary.Right, moment))),
        _ => throw new UnreachableException(expression.ToString()),
    };

    public static IReadOnlyList<Element> Elements(Value value) => ((VectorValue)value).Elements;

    private static Value Negated(Value value) => value switch
    {
        ScalarValue scalar => new ScalarValue(-scalar.Number),
        _ => Distinct(new VectorValue([.. Elements(value).Select(element => new Element(element.Labels.WithoutName(), -element.Value))])),
    };

    private static Value Distinct(Value value)
    {
        var seen = new HashSet<Labels>();
        return value is VectorValue vector && vector.Elements.Any(element => !seen.Add(element.Labels))
            ? throw QueryException.Execution("vector cannot contain metrics with the same labelset")
            : value;
    }
}
