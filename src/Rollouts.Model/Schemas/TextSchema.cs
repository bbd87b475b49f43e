using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Rollouts.Model.Json;

namespace Rollouts.Model.Schemas;

/// <summary>
/// Text, of a pattern or out of a few words. In a spec a greatest length is always given: without one the API server takes the cost of
/// a rule to be too high. A status has none, because a decision must never be lost to a long sentence.
/// </summary>
internal sealed record TextSchema(string Description) : Schema(Description)
{
    public int MinLength { get; init; }

    public int? MaxLength { get; init; } = 253;

    public string? Pattern { get; init; }

    /// <summary>What the pattern means, for the error.</summary>
    public string? PatternMeans { get; init; }

    public string? Format { get; init; }

    public string[] Words { get; init; } = [];

    /// <summary>
    /// What no API server can check, such as whether a time zone is known: null where the text is right, else what is wrong and the mend.
    /// </summary>
    public Func<string, string?>? Reading { get; init; }

    /// <summary>One of the words of an enum.</summary>
    public static TextSchema Word<T>(string description, Func<T, string> wordOf) where T : struct, Enum =>
        new(description) { Words = [.. Enum.GetValues<T>().Select(wordOf)] };

    /// <summary>A length of time; with <paramref name="shortest"/> (as <c>1s</c>) a least one.</summary>
    public static TextSchema Duration(string description, string? shortest = null) => new(description)
    {
        MaxLength = 32,
        Pattern = DurationText.Pattern,
        PatternMeans = "whole numbers with the units ms, s, m or h, for example 30s or 1m30s",
        Rules = [Longest, .. shortest is null ? Array.Empty<Rule>() : [Least(shortest)]],
    };

    /// <summary>A name that Services can have.</summary>
    public static TextSchema Label(string description, int maxLength) => new(description)
    {
        MinLength = 1,
        MaxLength = maxLength,
        Pattern = "^[a-z]([-a-z0-9]*[a-z0-9])?$",
        PatternMeans = "small letters, digits and dashes, beginning with a letter and not ending in a dash",
    };

    public static TextSchema Time(string description) => new(description) { Format = "date-time", MaxLength = 64 };

    protected override void Describe(JsonFields fields)
    {
        fields.Add("type", "string").Add("format", Format);
        if (Words.Length > 0)
            fields.Add("enum", Words.ToEquatableList(), word => word);
        else
            fields.Add("minLength", MinLength == 0 ? null : MinLength).Add("maxLength", MaxLength).Add("pattern", Pattern);
    }

    protected override void CheckShape(JsonNode node, string path, Findings findings)
    {
        if (node.GetValueKind() != JsonValueKind.String)
            findings.Error(path, $"must be text, but is {Shown(node)}: put it in quotes");
        else if (Complaint(node.GetValue<string>()) is { } complaint)
            findings.Error(path, $"{complaint}, but is {Shown(node)}");
        else if (Reading?.Invoke(node.GetValue<string>()) is { } fault)
            findings.Error(path, fault);
    }

    // The API server counts characters, not UTF-16 units.
    private string? Complaint(string text) =>
        Words.Length > 0 ? Words.Contains(text) ? null : $"must be one of {string.Join(", ", Words)}"
        : new StringInfo(text).LengthInTextElements > MaxLength ? $"must have at most {MaxLength} characters"
        : text.Length < MinLength ? "must not be empty"
        : Pattern is not null && !Matches(text, Pattern) ? $"must be {PatternMeans}"
        : Format is not null && TimeText.Parse(text) is null ? "must be a time such as 2026-01-31T12:00:00Z"
        : null;

    // In the API server's RE2 a $ is the end of the text; in .NET it also stands before a last line feed.
    private static bool Matches(string text, string pattern) =>
        !text.EndsWith('\n') && Regex.IsMatch(text, pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    private static Rule Longest { get; } =
        new("duration(self) <= duration('8760h')", "must be at most 8760h", node => DurationText.Parse(node.GetValue<string>()) is null ? "" : null);

    private static Rule Least(string shortest) =>
        new($"duration(self) >= duration('{shortest}')",
            $"must be at least {shortest}",
            node => DurationText.Parse(node.GetValue<string>()) < DurationText.Parse(shortest) ? "" : null);
}
