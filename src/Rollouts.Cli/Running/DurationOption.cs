using System.CommandLine;
using Rollouts.Model;

namespace Rollouts.Cli.Running;

internal static class DurationOption
{
    public static Option<TimeSpan> Make(string name, string description, TimeSpan length) => new(name)
    {
        Description = description,
        HelpName = "DURATION",
        DefaultValueFactory = _ => length,
        CustomParser = result =>
        {
            if (DurationText.Parse(result.Tokens[^1].Value) is { } parsed)
                return parsed;
            result.AddError($"'{result.Tokens[^1].Value}' is no duration for {name}: write it as in 500ms, 2s or 1m30s");
            return length;
        },
    };
}
