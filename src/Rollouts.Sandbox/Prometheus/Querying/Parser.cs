using System.Globalization;

namespace Rollouts.Sandbox.Prometheus.Querying;

/// <summary>From a query to its expression, by descending into ever tighter binding operators.</summary>
internal sealed class Parser
{
    private readonly TokenReader _tokens;
    private readonly SelectorParser _selectors;

    private Parser(string query)
    {
        _tokens = new TokenReader(query);
        _selectors = new SelectorParser(_tokens);
    }

    /// <exception cref="QueryException">The query is not of the part of PromQL that is understood here; the message has the place.</exception>
    public static Expression Parse(string query)
    {
        var parser = new Parser(query);
        if (parser._tokens.Peek.Kind == TokenKind.End)
            throw parser._tokens.Error(0, "no expression found in input");
        var expression = parser.ParseExpression(0);
        return parser._tokens.Peek.Kind == TokenKind.End ? expression : throw parser._tokens.Unexpected("expression");
    }

    /// <param name="atLeast">Operators that bind less tightly are left for the caller.</param>
    private Expression ParseExpression(int atLeast)
    {
        var left = ParseOperand();
        while (BinaryOperators.Find(_tokens.Peek) is { } op && op.Binding() >= atLeast)
        {
            var token = _tokens.Take();
            var returnsBool = ParseBool(op);
            var matching = ParseMatching();
            // Powers are taken from the right, everything else from the left.
            var right = ParseExpression(op == BinaryOperator.Power ? op.Binding() : op.Binding() + 1);
            left = TypeCheck.Binary(_tokens, new Binary(op, left, right, matching, returnsBool, token.Position));
        }
        return left;
    }

    private bool ParseBool(BinaryOperator op)
    {
        if (_tokens.Peek.Is("bool") && !op.IsComparison())
            throw _tokens.Error(_tokens.Peek.Position, "bool modifier can only be used on comparison operators");
        return _tokens.TryTake("bool");
    }

    private Matching ParseMatching()
    {
        var on = _tokens.Peek.Is("on");
        if (!on && !_tokens.Peek.Is("ignoring"))
            return new Matching(false, []);
        _tokens.Take();
        var labels = ParseLabels();
        if (_tokens.Peek.Is("group_left") || _tokens.Peek.Is("group_right"))
            throw _tokens.Error(_tokens.Peek.Position, $"{_tokens.Peek} is not supported here");
        return new Matching(on, labels);
    }

    private Expression ParseOperand()
    {
        var token = _tokens.Peek;
        if (_tokens.TryTake("-"))
            return TypeCheck.Negation(_tokens, new Negation(ParseExpression(BinaryOperators.NegationBinding + 1), token.Position));
        if (_tokens.TryTake("+"))
            return ParseExpression(BinaryOperators.NegationBinding + 1);
        if (_tokens.TryTake("("))
        {
            var inner = ParseExpression(0);
            _tokens.Expect(")", "paren expression");
            return inner;
        }
        return token.Kind switch
        {
            TokenKind.Number => new NumberLiteral(ParseNumber(_tokens.Take()), token.Position),
            TokenKind.Text => new StringLiteral(_tokens.Take().Text, token.Position),
            TokenKind.Identifier => ParseNamed(),
            TokenKind.Symbol when token.Text == "{" => _selectors.Parse(),
            TokenKind.Symbol or TokenKind.Duration or TokenKind.End => throw _tokens.Unexpected("expression"),
        };
    }

    private Expression ParseNamed()
    {
        var token = _tokens.Peek;
        if (token.Is("inf") || token.Is("nan"))
            return new NumberLiteral(ParseNumber(_tokens.Take()), token.Position);
        if (Enum.TryParse<AggregationOperator>(token.Text, ignoreCase: true, out var op))
            return ParseAggregation(op);

        if (!_tokens.PeekSecond.Is("("))
            return _selectors.Parse();
        _tokens.Take();
        var function = Functions.Find(token.Text) ?? throw _tokens.Error(token.Position, $"unknown function with name {token}");
        var arguments = _tokens.List("(", ")", "function call", () => ParseExpression(0));
        return TypeCheck.Call(_tokens, new Call(function, arguments, token.Position));
    }

    private Aggregation ParseAggregation(AggregationOperator op)
    {
        var token = _tokens.Take();
        var grouping = ParseGrouping();
        _tokens.Expect("(", "aggregation");
        var operand = ParseExpression(0);
        _tokens.Expect(")", "aggregation");
        grouping ??= ParseGrouping();
        var (without, labels) = grouping ?? (false, []);
        return TypeCheck.Aggregation(_tokens, new Aggregation(op, operand, labels, without, token.Position));
    }

    private (bool Without, IReadOnlyList<string> Labels)? ParseGrouping()
    {
        var without = _tokens.Peek.Is("without");
        if (!without && !_tokens.Peek.Is("by"))
            return null;
        _tokens.Take();
        return (without, ParseLabels());
    }

    private IReadOnlyList<string> ParseLabels() =>
        _tokens.List("(", ")", "grouping opts", () => _tokens.Expect(TokenKind.Identifier, "grouping opts").Text);

    private static double ParseNumber(Token token) =>
        token.Is("inf") ? double.PositiveInfinity
        : token.Is("nan") ? double.NaN
        : token.Text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? Convert.ToInt64(token.Text, 16)
        : double.Parse(token.Text, CultureInfo.InvariantCulture);
}
