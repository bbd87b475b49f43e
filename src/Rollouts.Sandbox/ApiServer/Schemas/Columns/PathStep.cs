using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rollouts.Sandbox.ApiServer.Schemas.Columns;

/// <summary>One step of a JSONPath: from a node to those that it leads to.</summary>
internal abstract record PathStep
{
    public abstract IEnumerable<JsonNode?> From(JsonNode node);

    /// <returns>Where the steps lead one after the other; what is null is not there.</returns>
    public static IEnumerable<JsonNode> Follow(IEnumerable<PathStep> steps, JsonNode start)
    {
        IEnumerable<JsonNode> found = [start];
        foreach (var step in steps)
            found = found.SelectMany(node => step.From(node).OfType<JsonNode>());
        return found;
    }

    internal sealed record Member(string Name) : PathStep
    {
        public override IEnumerable<JsonNode?> From(JsonNode node) => node is JsonObject obj ? [obj[Name]] : [];
    }

    /// <param name="Place">Counted from the end where it is negative.</param>
    internal sealed record Item(int Place) : PathStep
    {
        public override IEnumerable<JsonNode?> From(JsonNode node)
        {
            var index = node is JsonArray list && Place < 0 ? list.Count + Place : Place;
            return node is JsonArray items && index >= 0 && index < items.Count ? [items[index]] : [];
        }
    }

    internal sealed record Every : PathStep
    {
        public override IEnumerable<JsonNode?> From(JsonNode node) => node switch
        {
            JsonArray list => list,
            JsonObject obj => obj.Select(m => m.Value),
            _ => [],
        };
    }

    /// <summary>The items of a list for which something below them compares so, or is there at all.</summary>
    /// <param name="Operator">One of == != &lt; &lt;= &gt; &gt;=; null asks only whether the path leads anywhere.</param>
    internal sealed record Filter(IReadOnlyList<PathStep> Below, string? Operator, JsonNode? Operand) : PathStep
    {
        public override IEnumerable<JsonNode?> From(JsonNode node) =>
            node is JsonArray list ? list.Where(item => item is not null && Holds(item)) : [];

        private bool Holds(JsonNode item)
        {
            var found = Follow(Below, item).FirstOrDefault();
            return Operator switch
            {
                null => found is not null,
                "==" => found is not null && JsonNode.DeepEquals(found, Operand),
                "!=" => found is not null && !JsonNode.DeepEquals(found, Operand),
                _ => found is not null && Order(found, Operand) is { } order && Compares(Operator, order),
            };
        }

        private static bool Compares(string comparison, int order) => comparison switch
        {
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        };

        private static int? Order(JsonNode found, JsonNode? operand) => (found.GetValueKind(), operand?.GetValueKind()) switch
        {
            (JsonValueKind.Number, JsonValueKind.Number) => found.GetValue<double>().CompareTo(operand!.GetValue<double>()),
            (JsonValueKind.String, JsonValueKind.String) => string.CompareOrdinal(found.GetValue<string>(), operand!.GetValue<string>()),
            _ => null,
        };
    }
}
