namespace Rollouts.Sandbox.Prometheus.Querying;

/// <summary>Goes through the tokens of a query.</summary>
internal sealed class TokenReader(string query)
{
    private readonly IReadOnlyList<Token> _tokens = Lexer.Read(query);
    private int _next;

    public Token Peek => _tokens[_next];

    public Token PeekSecond => _tokens[Math.Min(_next + 1, _tokens.Count - 1)];

    public Token Take() => _tokens[_next].Kind == TokenKind.End ? _tokens[_next] : _tokens[_next++];

    public bool TryTake(string symbolOrWord)
    {
        if (!Peek.Is(symbolOrWord))
            return false;
        Take();
        return true;
    }

    public Token Expect(TokenKind kind, string where) =>
        Peek.Kind == kind ? Take() : throw Unexpected(where, kind.ToString().ToLowerInvariant());

    public void Expect(string symbol, string where)
    {
        if (!TryTake(symbol))
            throw Unexpected(where, $"\"{symbol}\"");
    }

    /// <summary>A list in parentheses; its last element may be followed by a comma.</summary>
    public IReadOnlyList<T> List<T>(string open, string close, string where, Func<T> element)
    {
        var list = new List<T>();
        Expect(open, where);
        while (!TryTake(close))
        {
            list.Add(element());
            if (!Peek.Is(close))
                Expect(",", where);
        }
        return list;
    }

    public QueryException Unexpected(string where, string? expected = null) =>
        Error(Peek.Position, $"unexpected {Peek} in {where}" + (expected is null ? "" : $", expected {expected}"));

    public QueryException Error(int position, string message) => QueryException.Syntax(query, position, message);
}
