namespace Rollouts.Sandbox.Prometheus.Querying;

/// <summary><c>name{label="value", ...}[5m]</c></summary>
internal sealed class SelectorParser(TokenReader tokens)
{
    public Expression Parse()
    {
        var start = tokens.Peek.Position;
        var matchers = new List<(Matcher Matcher, bool TakesEmpty)>();
        if (tokens.Peek.Kind == TokenKind.Identifier)
            matchers.Add((new Matcher(Storage.Labels.MetricName, MatchOperator.Equal, tokens.Take().Text), false));
        if (tokens.Peek.Is("{"))
            matchers.AddRange(tokens.List("{", "}", "label matching", ParseMatcher));
        if (matchers.All(matcher => matcher.TakesEmpty))
            throw tokens.Error(start, "vector selector must contain at least one non-empty matcher");

        var selector = new VectorSelector([.. matchers.Select(matcher => matcher.Matcher)], start);
        Expression parsed = tokens.TryTake("[") ? new RangeSelector(selector, ParseRange(), start) : selector;
        if (tokens.Peek.Is("offset") || tokens.Peek.Is("@"))
            throw tokens.Error(tokens.Peek.Position, $"{tokens.Peek} is not supported here");
        return parsed;
    }

    private (Matcher Matcher, bool TakesEmpty) ParseMatcher()
    {
        var label = tokens.Expect(TokenKind.Identifier, "label matching");
        var op = tokens.Peek.Text switch
        {
            "=" => MatchOperator.Equal,
            "!=" => MatchOperator.NotEqual,
            "=~" => MatchOperator.Regex,
            "!~" => MatchOperator.NotRegex,
            _ => throw tokens.Unexpected("label matching", "label matching operator"),
        };
        tokens.Take();
        var value = tokens.Expect(TokenKind.Text, "label matching");
        try
        {
            var matcher = new Matcher(label.Text, op, value.Text);
            return (matcher, matcher.Matches(""));
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw tokens.Error(value.Position, $"error parsing regexp: {e.Message}");
        }
    }

    private TimeSpan ParseRange()
    {
        var token = tokens.Expect(TokenKind.Duration, "range");
        if (!tokens.Peek.Is("]") && tokens.Peek.Text.StartsWith(':'))
            throw tokens.Error(tokens.Peek.Position, "subqueries are not supported here");
        tokens.Expect("]", "range");
        return PromDuration.Parse(token.Text) is { } range && range > TimeSpan.Zero
            ? range
            : throw tokens.Error(token.Position, "duration must be greater than 0");
    }
}
