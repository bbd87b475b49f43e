namespace Rollouts.Sandbox.Prometheus.Querying;

/// <param name="Text">As written; of a text literal, what it means.</param>
/// <param name="Position">Of its first character in the query, from 0.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Position)
{
    public bool Is(string symbolOrWord) =>
        Kind is TokenKind.Symbol && Text == symbolOrWord
        || Kind is TokenKind.Identifier && string.Equals(Text, symbolOrWord, StringComparison.OrdinalIgnoreCase);

    public override string ToString() => Kind == TokenKind.End ? "end of input" : $"\"{Text}\"";
}
