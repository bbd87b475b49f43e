using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.ApiServer.Selecting;

/// <summary>A selector as a query has it: <c>app=web,tier in (a, b),!canary,size>3</c>.</summary>
internal sealed partial class LabelSelector(IReadOnlyList<LabelRequirement> requirements)
{
    public static readonly LabelSelector Everything = new([]);

    public bool Matches(JsonObject obj)
    {
        JsonObject? labels = obj.ObjectAt("metadata", "labels");
        return requirements.All(r => r.Matches(labels.TextAt(r.Key)));
    }

    /// <exception cref="ApiException">400 where the text is no selector.</exception>
    public static LabelSelector Parse(string text)
    {
        if (text.Trim().Length == 0)
            return Everything;
        var tokens = new Queue<string>(Token().Matches(text).Select(m => m.Value.Trim()).Where(t => t.Length > 0));
        var requirements = new List<LabelRequirement>();
        while (true)
        {
            requirements.Add(Requirement(tokens));
            if (!tokens.TryDequeue(out string? comma))
                return new LabelSelector(requirements);
            if (comma != ",")
                throw Refusals.BadRequest($"unable to parse requirement: found '{comma}', expected: ',' or 'end of string'");
        }
    }

    private static LabelRequirement Requirement(Queue<string> tokens)
    {
        string key = Next(tokens, "identifier");
        if (key == "!")
            return new LabelRequirement(CheckKey(Next(tokens, "identifier")), LabelOperator.DoesNotExist, []);
        CheckKey(key);
        if (tokens.Count == 0 || tokens.Peek() == ",")
            return new LabelRequirement(key, LabelOperator.Exists, []);
        string sign = tokens.Dequeue();
        return sign switch
        {
            "=" or "==" => new LabelRequirement(key, LabelOperator.In, [Value(tokens)]),
            "!=" => new LabelRequirement(key, LabelOperator.NotIn, [Value(tokens)]),
            ">" => new LabelRequirement(key, LabelOperator.GreaterThan, [Whole(Value(tokens))]),
            "<" => new LabelRequirement(key, LabelOperator.LessThan, [Whole(Value(tokens))]),
            "in" => new LabelRequirement(key, LabelOperator.In, Values(tokens)),
            "notin" => new LabelRequirement(key, LabelOperator.NotIn, Values(tokens)),
            _ => throw Refusals.BadRequest($"unable to parse requirement: found '{sign}', expected: in, notin, =, ==, !=, gt, lt"),
        };
    }

    private static string Value(Queue<string> tokens)
    {
        if (tokens.Count == 0 || tokens.Peek() == ",")
            return "";
        string value = tokens.Dequeue();
        if (LabelSyntax.CheckValue(value) is { } wrong)
            throw Refusals.BadRequest($"unable to parse requirement: values[0]: {wrong}");
        return value;
    }

    private static List<string> Values(Queue<string> tokens)
    {
        string open = Next(tokens, "'('");
        if (open != "(")
            throw Refusals.BadRequest($"unable to parse requirement: found '{open}' expected: '('");
        var values = new List<string>();
        while (true)
        {
            string token = Next(tokens, "')'");
            if (token is ")" or ",")
                values.Add("");
            else
            {
                values.Add(token);
                token = Next(tokens, "',' or ')'");
            }
            if (token == ")")
                return values;
            if (token != ",")
                throw Refusals.BadRequest($"unable to parse requirement: found '{token}', expected: ',' or ')'");
        }
    }

    private static string Whole(string value) => long.TryParse(value, out _) ? value
        : throw Refusals.BadRequest($"unable to parse requirement: values[0]: Invalid value: \"{value}\": for 'Gt', 'Lt' operators, the value must be an integer");

    private static string CheckKey(string key) => LabelSyntax.CheckKey(key) is { } wrong
        ? throw Refusals.BadRequest($"unable to parse requirement: {wrong}")
        : key;

    private static string Next(Queue<string> tokens, string expected) => tokens.TryDequeue(out string? token) ? token
        : throw Refusals.BadRequest($"unable to parse requirement: found '', expected: {expected}");

    [GeneratedRegex(@"\s+|[(),]|!=|==|=|!|<|>|[^\s(),!=<>]+")]
    private static partial Regex Token();
}
