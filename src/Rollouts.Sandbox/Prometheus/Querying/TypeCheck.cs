namespace Rollouts.Sandbox.Prometheus.Querying;

/// <summary>Refuses expressions whose parts do not fit together, before anything is computed.</summary>
internal static class TypeCheck
{
    public static Binary Binary(TokenReader tokens, Binary binary)
    {
        foreach (var side in new[] { binary.Left, binary.Right })
        {
            if (side.Type is not (ValueType.Scalar or ValueType.Vector))
                throw tokens.Error(side.Position, "binary expression must contain only scalar and instant vector types");
            if (binary.Operator.IsSet() && side.Type == ValueType.Scalar)
                throw tokens.Error(binary.Position, $"set operator \"{binary.Operator.ToString().ToLowerInvariant()}\" not allowed in binary scalar expression");
        }
        if (binary is { Type: ValueType.Scalar, ReturnsBool: false } && binary.Operator.IsComparison())
            throw tokens.Error(binary.Position, "comparisons between scalars must use BOOL modifier");
        if (binary.Matching is not { On: false, Labels: [] } && (binary.Left.Type == ValueType.Scalar || binary.Right.Type == ValueType.Scalar))
            throw tokens.Error(binary.Position, "vector matching only allowed between instant vectors");
        return binary;
    }

    public static Negation Negation(TokenReader tokens, Negation negation) => negation.Operand.Type is ValueType.Scalar or ValueType.Vector
        ? negation
        : throw tokens.Error(negation.Position,
            $"unary expression only allowed on expressions of type scalar or instant vector, got \"{negation.Operand.Type.Described()}\"");

    public static Aggregation Aggregation(TokenReader tokens, Aggregation aggregation)
    {
        Expect(tokens, aggregation.Operand, ValueType.Vector, "aggregation expression");
        return aggregation;
    }

    public static Call Call(TokenReader tokens, Call call)
    {
        var (name, wanted) = (call.Function.Name, call.Function.Parameters);
        if (wanted.Count != call.Arguments.Count)
            throw tokens.Error(call.Position, $"expected {wanted.Count} argument(s) in call to \"{name}\", got {call.Arguments.Count}");
        for (var i = 0; i < wanted.Count; i++)
            Expect(tokens, call.Arguments[i], wanted[i], $"call to function \"{name}\"");
        return call;
    }

    /// <summary>The type as Prometheus' messages call it.</summary>
    public static string Described(this ValueType type) => type switch
    {
        ValueType.Scalar => "scalar",
        ValueType.Text => "string",
        ValueType.Vector => "instant vector",
        ValueType.Matrix => "range vector",
    };

    private static void Expect(TokenReader tokens, Expression expression, ValueType wanted, string where)
    {
        if (expression.Type != wanted)
            throw tokens.Error(expression.Position, $"expected type {wanted.Described()} in {where}, got {expression.Type.Described()}");
    }
}
