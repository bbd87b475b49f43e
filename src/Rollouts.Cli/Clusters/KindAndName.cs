using System.CommandLine;
using System.CommandLine.Parsing;

namespace Rollouts.Cli.Clusters;

/// <summary>
/// A Canary where kubectl would have its kind before the name: <c>NAME</c>, <c>canary/NAME</c> and <c>canary NAME</c> mean the same. A
/// Canary that is called as its kind is has to be written <c>canary/canary</c>.
/// </summary>
internal sealed class KindAndName
{
    private readonly Argument<string?> first;

    // The name behind a kind; the help speaks of one argument, as there is one name.
    private readonly Argument<string?> second = new("NAME-OF-KIND") { Arity = ArgumentArity.ZeroOrOne, Hidden = true };

    private readonly bool isRequired;

    private KindAndName(string description, bool isRequired)
    {
        this.isRequired = isRequired;
        first = new Argument<string?>("NAME") { Description = description, Arity = isRequired ? ArgumentArity.ExactlyOne : ArgumentArity.ZeroOrOne };
    }

    public static KindAndName Required() => new("Name of the Canary, as NAME, canary/NAME or canary NAME.", isRequired: true);

    public static KindAndName Optional() => new("Only the Canary of this name, as NAME, canary/NAME or canary NAME.", isRequired: false);

    public void AddTo(Command command)
    {
        command.Add(first);
        command.Add(second);
        command.Validators.Add(result => Read(result.GetValue(first), result.GetValue(second), result.AddError));
    }

    /// <summary>The name; null: none was given.</summary>
    public string? In(ParseResult parsed) => Read(parsed.GetValue(first), parsed.GetValue(second), _ => { });

    /// <summary>The name of a command line that was understood.</summary>
    public string RequiredIn(ParseResult parsed) => In(parsed) ?? throw new InvalidOperationException("No name was given.");

    public string? In(CommandResult result) => Read(result.GetValue(first), result.GetValue(second), _ => { });

    private string? Read(string? word, string? next, Action<string> refuse)
    {
        if (word is null || (CanaryName.IsKind(word) && next is null && !isRequired))
            return null;
        if (CanaryName.IsKind(word) && next is not null)
            return CanaryName.Read(next, refuse);
        if (next is not null || CanaryName.IsKind(word))
            refuse($"'{word}{(next is null ? "" : $" {next}")}' names no Canary: write NAME, canary/NAME or canary NAME");
        return CanaryName.Read(word, refuse);
    }
}
