namespace Rollouts.Sandbox.Prometheus.Querying;

/// <summary>A node of a parsed query.</summary>
/// <param name="Position">Where it begins in the query, from 0.</param>
internal abstract record Expression(int Position)
{
    public abstract ValueType Type { get; }
}

internal sealed record NumberLiteral(double Value, int Position) : Expression(Position)
{
    public override ValueType Type => ValueType.Scalar;
}

internal sealed record StringLiteral(string Value, int Position) : Expression(Position)
{
    public override ValueType Type => ValueType.Text;
}

internal sealed record VectorSelector(IReadOnlyList<Matcher> Matchers, int Position) : Expression(Position)
{
    public override ValueType Type => ValueType.Vector;
}

internal sealed record RangeSelector(VectorSelector Selector, TimeSpan Range, int Position) : Expression(Position)
{
    public override ValueType Type => ValueType.Matrix;
}

internal sealed record Negation(Expression Operand, int Position) : Expression(Position)
{
    public override ValueType Type => Operand.Type;
}

internal sealed record Call(Function Function, IReadOnlyList<Expression> Arguments, int Position) : Expression(Position)
{
    public override ValueType Type => Function.Returns;
}

/// <param name="Without">Whether the labels are those to drop instead of those to keep.</param>
internal sealed record Aggregation(AggregationOperator Operator, Expression Operand, IReadOnlyList<string> Labels, bool Without, int Position)
    : Expression(Position)
{
    public override ValueType Type => ValueType.Vector;
}

internal sealed record Binary(BinaryOperator Operator, Expression Left, Expression Right, Matching Matching, bool ReturnsBool, int Position)
    : Expression(Position)
{
    public override ValueType Type =>
        Left.Type == ValueType.Scalar && Right.Type == ValueType.Scalar ? ValueType.Scalar : ValueType.Vector;
}
