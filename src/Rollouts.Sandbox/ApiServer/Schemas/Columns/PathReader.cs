using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Rollouts.Sandbox.ApiServer.Schemas.Columns;

/// <summary>Reads the text of a JSONPath from left to right.</summary>
internal sealed class PathReader(string text)
{
    private static readonly IReadOnlyList<string> Operators = ["==", "!=", "<=", ">=", "<", ">"];

    private int at;

    public IReadOnlyList<PathStep> Steps()
    {
        var steps = ReadSteps();
        return at == text.Length ? steps : throw Wrong();
    }

    private List<PathStep> ReadSteps()
    {
        var steps = new List<PathStep>();
        while (at < text.Length && text[at] is '.' or '[')
        {
            if (Skip('['))
                steps.Add(Bracket());
            else if (Skip('.') && at < text.Length && text[at] != '[')
                steps.Add(Skip('*') ? new PathStep.Every() : new PathStep.Member(Name()));
        }

        return steps;
    }

    private PathStep Bracket()
    {
        PathStep step = Peek() switch
        {
            '*' when Skip('*') => new PathStep.Every(),
            '?' when Skip('?') => Filter(),
            '\'' or '"' => new PathStep.Member(Quoted()),
            _ => new PathStep.Item(JsonPath.Integer(Until(']')) ?? throw Wrong()),
        };
        return Skip(']') ? step : throw Wrong();
    }

    private PathStep.Filter Filter()
    {
        Expect('(');
        Expect('@');
        var below = ReadSteps();
        Blank();
        var comparison = Operators.FirstOrDefault(o => text.AsSpan(at).StartsWith(o));
        at += comparison?.Length ?? 0;
        Blank();
        var operand = comparison is null ? null : Literal();
        Blank();
        Expect(')');
        return new(below, comparison, operand);
    }

    private JsonValue? Literal()
    {
        if (Peek() is '\'' or '"')
            return JsonValue.Create(Quoted());
        var word = Until(')').Trim();
        return word switch
        {
            "true" => JsonValue.Create(true),
            "false" => JsonValue.Create(false),
            _ => double.TryParse(word, CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number) : throw Wrong(),
        };
    }

    /// <summary>Up to the next dot or bracket; a dot after a backslash belongs to the name.</summary>
    private string Name()
    {
        var name = new StringBuilder();
        while (at < text.Length && text[at] is not ('.' or '[' or ' ' or '=' or '!' or '<' or '>' or ')' or ']'))
            name.Append(Escaped());
        return name.Length > 0 ? name.ToString() : throw Wrong();
    }

    private string Quoted()
    {
        var quote = text[at++];
        var content = new StringBuilder();
        while (at < text.Length && text[at] != quote)
            content.Append(Escaped());
        return Skip(quote) ? content.ToString() : throw Wrong();
    }

    private char Escaped()
    {
        if (text[at] == '\\' && at + 1 < text.Length)
            at++;
        return text[at++];
    }

    private string Until(char end)
    {
        var start = at;
        while (at < text.Length && text[at] != end)
            at++;
        return text[start..at];
    }

    private char? Peek() => at < text.Length ? text[at] : null;

    private bool Skip(char expected)
    {
        if (Peek() != expected)
            return false;
        at++;
        return true;
    }

    private void Expect(char expected)
    {
        if (!Skip(expected))
            throw Wrong();
    }

    private void Blank()
    {
        while (Skip(' '))
        {
        }
    }

    private FormatException Wrong() => new($"The path '{text}' cannot be read at {at}.");
}
