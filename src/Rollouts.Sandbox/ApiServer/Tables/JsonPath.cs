using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.ApiServer.Tables;

/// <summary>
/// The part of kubectl's JSONPath that printer columns use: members, <c>[*]</c>, <c>[0]</c>, <c>['a.b/c']</c>, <c>\.</c> and
/// <c>[?(@.type=="Ready")]</c>.
/// </summary>
internal sealed partial class JsonPath(IReadOnlyList<Func<JsonNode?, IEnumerable<JsonNode?>>> steps)
{
    public static JsonPath Parse(string path) => new([.. Step().Matches(path).Select(StepOf)]);

    public IEnumerable<JsonNode> Find(JsonNode root) =>
        steps.Aggregate((IEnumerable<JsonNode?>)[root], (found, step) => found.SelectMany(step)).OfType<JsonNode>();

    private static Func<JsonNode?, IEnumerable<JsonNode?>> StepOf(Match step)
    {
        if (step.Groups["filter"].Success)
        {
            string[] path = step.Groups["filter"].Value.Split('.', StringSplitOptions.RemoveEmptyEntries);
            string wanted = step.Groups["value"].Value, sign = step.Groups["sign"].Value;
            return node => Items(node).Where(i => (i.At(path)?.ToString() == wanted) == (sign == "=="));
        }
        if (step.Groups["index"].Success)
        {
            int index = int.Parse(step.Groups["index"].ValueSpan);
            return node => Items(node).Skip(index).Take(1);
        }
        if (step.Groups["all"].Success)
            return node => node is JsonObject members ? members.Select(m => m.Value) : Items(node);
        string name = step.Groups["quoted"].Success ? step.Groups["quoted"].Value : step.Groups["name"].Value.Replace("\\", "", StringComparison.Ordinal);
        return node => [node.At(name)];
    }

    private static IEnumerable<JsonNode?> Items(JsonNode? node) => node as JsonArray ?? [];

    [GeneratedRegex("""\[\?\(\s*@\.(?<filter>[^=!\s]+)\s*(?<sign>==|!=)\s*["']?(?<value>[^"')]*)["']?\s*\)\]|\[(?<index>\d+)\]|(?<all>\[\*\]|\.\*)|\[['"](?<quoted>[^'"]+)['"]\]|\.?(?<name>(?:\\.|[^.\[\]\\])+)""")]
    private static partial Regex Step();
}
