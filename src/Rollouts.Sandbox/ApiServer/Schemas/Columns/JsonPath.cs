using System.Globalization;
using System.Text.Json.Nodes;

namespace Rollouts.Sandbox.ApiServer.Schemas.Columns;

/// <summary>
/// The simple JSONPath of printer columns and scale paths: <c>.spec.x</c>, <c>.metadata.labels['a\.b']</c>, <c>.list[0]</c>,
/// <c>.list[*].name</c>, <c>.status.conditions[?(@.type=="Ready")].status</c>.
/// </summary>
public sealed class JsonPath
{
    private readonly IReadOnlyList<PathStep> steps;

    private JsonPath(IReadOnlyList<PathStep> steps) => this.steps = steps;

    /// <exception cref="FormatException">The text is no simple path that starts with a dot.</exception>
    public static JsonPath Parse(string text) => text.StartsWith('.')
        ? new(new PathReader(text).Steps())
        : throw new FormatException("must be a simple json path starting with .");

    /// <returns>What stands at the path, in document order; nothing where a member is missing. Null members are not found.</returns>
    public IEnumerable<JsonNode> Find(JsonNode document) => PathStep.Follow(steps, document);

    /// <summary>A number of the path's grammar; anything else is null.</summary>
    internal static int? Integer(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
