using System.Text.RegularExpressions;

namespace Rollouts.Sandbox.Prometheus.Querying;

/// <summary>A condition on one label. Regular expressions are RE2's and must cover the whole value.</summary>
internal sealed class Matcher
{
    private readonly Func<string, bool> _test;

    public Matcher(string label, MatchOperator op, string value)
    {
        Label = label;
        _test = op switch
        {
            MatchOperator.Equal => text => text == value,
            MatchOperator.NotEqual => text => text != value,
            MatchOperator.Regex => Whole(value),
            MatchOperator.NotRegex => Not(Whole(value)),
        };
    }

    public string Label { get; }

    public bool Matches(string value) => _test(value);

    // Without backtracking .NET's engine has RE2's guarantees and refuses what RE2 refuses: look-arounds and back references.
    private static Func<string, bool> Whole(string pattern) =>
        new Regex($@"\A(?:{pattern})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant).IsMatch;

    private static Func<string, bool> Not(Func<string, bool> test) => text => !test(text);
}
