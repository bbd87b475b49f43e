using Rollouts.Sandbox.Prometheus.Storage;

namespace Rollouts.Sandbox.Prometheus.Querying;

/// <summary>Operators between two values: scalars, a vector and a scalar, two vectors.</summary>
internal static class BinaryOperation
{
    public static Value Evaluate(Binary operation, Value left, Value right) => (left, right) switch
    {
        (ScalarValue a, ScalarValue b) => new ScalarValue(Compute(operation.Operator, a.Number, b.Number)),
        (VectorValue a, ScalarValue b) => WithScalar(operation, a, value => (value, b.Number)),
        (ScalarValue a, VectorValue b) => WithScalar(operation, b, value => (a.Number, value)),
        _ => operation.Operator.IsSet()
            ? SetOperation.Evaluate(operation, Evaluator.Elements(left), Evaluator.Elements(right))
            : VectorMatching.Evaluate(operation, Evaluator.Elements(left), Evaluator.Elements(right)),
    };

    /// <summary>The result of arithmetic; of a comparison 1 or 0.</summary>
    public static double Compute(BinaryOperator op, double a, double b) => op switch
    {
        BinaryOperator.Add => a + b,
        BinaryOperator.Subtract => a - b,
        BinaryOperator.Multiply => a * b,
        BinaryOperator.Divide => a / b,
        BinaryOperator.Modulo => a % b,
        BinaryOperator.Power => Math.Pow(a, b),
        BinaryOperator.Equal => a == b ? 1 : 0,
        BinaryOperator.NotEqual => a != b ? 1 : 0,
        BinaryOperator.Less => a < b ? 1 : 0,
        BinaryOperator.LessOrEqual => a <= b ? 1 : 0,
        BinaryOperator.Greater => a > b ? 1 : 0,
        BinaryOperator.GreaterOrEqual => a >= b ? 1 : 0,
        BinaryOperator.Or or BinaryOperator.And or BinaryOperator.Unless => throw QueryException.Execution("set operators need vectors"),
    };

    /// <summary>What an element comes to: a comparison without <c>bool</c> keeps the element as it is or drops it (null).</summary>
    public static Element? Result(Binary operation, Labels labels, double kept, double a, double b)
    {
        var computed = Compute(operation.Operator, a, b);
        if (!operation.Operator.IsComparison() || operation.ReturnsBool)
            return new Element(labels.WithoutName(), computed);
        return computed == 1 ? new Element(labels, kept) : null;
    }

    private static VectorValue WithScalar(Binary operation, VectorValue vector, Func<double, (double A, double B)> operands)
    {
        var results = new List<Element>();
        foreach (var element in vector.Elements)
        {
            var (a, b) = operands(element.Value);
            if (Result(operation, element.Labels, element.Value, a, b) is { } result)
                results.Add(result);
        }
        return new VectorValue(results);
    }
}
