using System.Text.RegularExpressions;

namespace Rollouts.Sandbox.Prometheus.Querying;

/// <summary>From the text of a query to tokens.</summary>
internal static partial class Lexer
{
    private static readonly string[] Symbols =
        ["==", "!=", "=~", "!~", "<=", ">=", "<", ">", "=", "+", "-", "*", "/", "%", "^", "(", ")", "{", "}", "[", "]", ",", ":", "@"];

    /// <exception cref="QueryException">A character that begins no token, or a text without end.</exception>
    public static IReadOnlyList<Token> Read(string query)
    {
        var tokens = new List<Token>();
        var position = 0;
        while ((position += Blank().Match(query, position).Length) < query.Length)
        {
            var token = Next(query, position, out var length);
            tokens.Add(token);
            position += length;
        }
        tokens.Add(new Token(TokenKind.End, "", query.Length));
        return tokens;
    }

    private static Token Next(string query, int position, out int length)
    {
        if (query[position] is '"' or '\'' or '`')
            return new Token(TokenKind.Text, TextLiteral.Read(query, position, out length), position);
        if (Found(Duration(), TokenKind.Duration, out length) is { } duration)
            return duration;
        if (Found(Number(), TokenKind.Number, out length) is { } number)
            return number;
        if (Found(Identifier(), TokenKind.Identifier, out length) is { } identifier)
            return identifier;
        if (Symbols.FirstOrDefault(symbol => string.CompareOrdinal(query, position, symbol, 0, symbol.Length) == 0) is not { } symbol)
            throw QueryException.Syntax(query, position, $"unexpected character: '{query[position]}'");
        length = symbol.Length;
        return new Token(TokenKind.Symbol, symbol, position);

        Token? Found(Regex pattern, TokenKind kind, out int found)
        {
            var match = pattern.Match(query, position);
            found = match.Length;
            return match.Success ? new Token(kind, match.Value, position) : null;
        }
    }

    [GeneratedRegex(@"\G(\s|#[^\n]*)*")]
    private static partial Regex Blank();

    [GeneratedRegex(@"\G([0-9]+(ms|[smhdwy]))+(?![0-9A-Za-z_])")]
    private static partial Regex Duration();

    [GeneratedRegex(@"\G(0[xX][0-9a-fA-F]+|([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?)(?![0-9A-Za-z_.])")]
    private static partial Regex Number();

    [GeneratedRegex(@"\G[A-Za-z_:][A-Za-z0-9_:]*")]
    private static partial Regex Identifier();
}
