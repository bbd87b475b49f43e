namespace Rollouts.Sandbox.Prometheus.Querying;

/// <summary>How the operators are written and how tightly they bind.</summary>
internal static class BinaryOperators
{
    /// <summary>Of the minus before an expression: as tight as a product, less than a power.</summary>
    public const int NegationBinding = 5;

    private static readonly Dictionary<string, BinaryOperator> Written = new(StringComparer.OrdinalIgnoreCase)
    {
        ["or"] = BinaryOperator.Or,
        ["and"] = BinaryOperator.And,
        ["unless"] = BinaryOperator.Unless,
        ["=="] = BinaryOperator.Equal,
        ["!="] = BinaryOperator.NotEqual,
        ["<"] = BinaryOperator.Less,
        ["<="] = BinaryOperator.LessOrEqual,
        [">"] = BinaryOperator.Greater,
        [">="] = BinaryOperator.GreaterOrEqual,
        ["+"] = BinaryOperator.Add,
        ["-"] = BinaryOperator.Subtract,
        ["*"] = BinaryOperator.Multiply,
        ["/"] = BinaryOperator.Divide,
        ["%"] = BinaryOperator.Modulo,
        ["^"] = BinaryOperator.Power,
    };

    public static BinaryOperator? Find(Token token) =>
        token.Kind is TokenKind.Symbol or TokenKind.Identifier && Written.TryGetValue(token.Text, out var op) ? op : null;

    public static int Binding(this BinaryOperator op) => op switch
    {
        BinaryOperator.Or => 1,
        BinaryOperator.And or BinaryOperator.Unless => 2,
        BinaryOperator.Equal or BinaryOperator.NotEqual or BinaryOperator.Less or BinaryOperator.LessOrEqual
            or BinaryOperator.Greater or BinaryOperator.GreaterOrEqual => 3,
        BinaryOperator.Add or BinaryOperator.Subtract => 4,
        BinaryOperator.Multiply or BinaryOperator.Divide or BinaryOperator.Modulo => 5,
        BinaryOperator.Power => 6,
    };

    public static bool IsSet(this BinaryOperator op) => op.Binding() <= 2;

    public static bool IsComparison(this BinaryOperator op) => op.Binding() == 3;
}
