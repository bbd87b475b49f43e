using System.CommandLine;
using Rollouts.Model;

namespace Rollouts.Cli.Running;

/// <summary>A list in one word, as Flagger's flags have it: <c>app,name</c>.</summary>
internal static class WordsOption
{
    public static Option<EquatableList<string>> Make(string name, string description, EquatableList<string> words) => new(name)
    {
        Description = $"{description} Default: {(words.Count == 0 ? "none" : string.Join(',', words))}.",
        HelpName = "A,B",
        DefaultValueFactory = _ => words,
        CustomParser = result =>
        {
            var parsed = result.Tokens
                .SelectMany(token => token.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                .ToEquatableList();
            if (parsed.Count == 0)
                result.AddError($"{name} takes one word or several with commas between them");
            return parsed;
        },
    };
}
