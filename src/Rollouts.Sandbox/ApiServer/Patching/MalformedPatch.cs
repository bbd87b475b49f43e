using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rollouts.Sandbox.ApiServer.Patching;

/// <summary>The 400 for a patch body of the wrong shape, in the words of Go's JSON decoder as the recordings have them.</summary>
internal static class MalformedPatch
{
    public static ApiException Because(JsonNode? found, string wantedGoType) =>
        new(400, "BadRequest", $"error decoding patch: json: cannot unmarshal {GoWord(found)} into Go value of type {wantedGoType}");

    private static string GoWord(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        JsonValueKind.True or JsonValueKind.False => "bool",
        JsonValueKind.Null or JsonValueKind.Undefined or null => "null",
        _ => throw new InvalidOperationException("A JSON kind that System.Text.Json does not define."),
    };
}
