using System.Text.Json.Nodes;

namespace Rollouts.Model.Schemas;

/// <summary>A rule that a type alone cannot say, once for the API server and once for us; the two are written side by side so that they stay one.</summary>
/// <param name="Cel">what must hold, in the Common Expression Language of <c>x-kubernetes-validations</c></param>
/// <param name="Message">what must hold and so how to mend it; follows the field's path</param>
/// <param name="Broken">null where the rule holds, else the path from the node to what breaks it: <c>""</c> for the node itself, or <c>[2]</c></param>
internal sealed record Rule(string Cel, string Message, Func<JsonNode, string?> Broken)
{
    /// <summary>A rule over the fields of an object, which breaks as a whole.</summary>
    public static Rule Of(string cel, string message, Func<JsonObject, bool> holds) =>
        new(cel, message, node => node is JsonObject fields && !holds(fields) ? "" : null);
}
