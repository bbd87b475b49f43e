using System.Globalization;
using System.Text;

namespace Rollouts.Sandbox.Prometheus.Querying;

/// <summary>Quoted texts with Go's escapes; between backticks every character means itself.</summary>
internal static class TextLiteral
{
    private const string Escapes = "abfnrtv\\\"'";
    private const string Meanings = "\a\b\f\n\r\t\v\\\"'";

    /// <param name="length">Of the literal with its quotes.</param>
    public static string Read(string query, int start, out int length)
    {
        var quote = query[start];
        var text = new StringBuilder();
        for (var i = start + 1; i < query.Length; i++)
        {
            if (query[i] == quote)
            {
                length = i + 1 - start;
                return text.ToString();
            }
            if (query[i] == '\n' && quote != '`')
                break;
            if (query[i] == '\\' && quote != '`')
                text.Append(Escaped(query, ref i));
            else
                text.Append(query[i]);
        }
        throw QueryException.Syntax(query, start, "unterminated quoted string");
    }

    // Leaves i at the last character of the escape.
    private static string Escaped(string query, ref int i)
    {
        var start = i++;
        if (i < query.Length && Escapes.IndexOf(query[i], StringComparison.Ordinal) is >= 0 and var known)
            return Meanings[known].ToString();
        var digits = i < query.Length ? query[i] switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 } : 0;
        if (digits > 0 && i + digits < query.Length
            && int.TryParse(query.AsSpan(i + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            && Rune.TryCreate(code, out var rune))
        {
            i += digits;
            return rune.ToString();
        }
        throw QueryException.Syntax(query, start, "unknown escape sequence");
    }
}
