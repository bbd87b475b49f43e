using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rollouts.Model.Json;
using Spectre.Console;

namespace Rollouts.Cli.Viewing;

/// <summary><c>-o</c>, and what it means.</summary>
internal static class OutputOption
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Option<OutputFormat> Make(params OutputFormat[] formats)
    {
        var names = formats.Select(format => format.ToString().ToLowerInvariant()).ToArray();
        return new Option<OutputFormat>("--output", "-o")
        {
            Description = $"Write {string.Join(", ", names)} instead of text for people.",
            HelpName = string.Join('|', names),
            CustomParser = result =>
            {
                var index = Array.IndexOf(names, result.Tokens[^1].Value);
                if (index >= 0)
                    return formats[index];
                result.AddError($"'{result.Tokens[^1].Value}' is no output format; there are {string.Join(", ", names)}");
                return OutputFormat.Table;
            },
        };
    }

    /// <summary>Shows the object as it is, or what <paramref name="forPeople"/> writes.</summary>
    public static void Show(this IAnsiConsole console, OutputFormat format, JsonNode json, Action forPeople)
    {
        switch (format)
        {
            case OutputFormat.Json:
                console.Line(json.ToJsonString(Readable));
                break;
            case OutputFormat.Yaml:
                console.Raw(Yaml.Write(json));
                break;
            case OutputFormat.Table or OutputFormat.Wide:
                forPeople();
                break;
        }
    }
}
