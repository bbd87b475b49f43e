using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rollouts.Sandbox.ApiServer.Patching;

/// <summary>JSON as Go's %v prints it: some of the API server's sentences hold such text.</summary>
internal static class GoText
{
    public static string Of(JsonNode? node) => node switch
    {
        null => "<nil>",
        JsonObject obj => $"map[{string.Join(' ', obj.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => $"{m.Key}:{Of(m.Value)}"))}]",
        JsonArray list => $"[{string.Join(' ', list.Select(Of))}]",
        _ when node.GetValueKind() == JsonValueKind.String => node.GetValue<string>(),
        _ => node.ToJsonString(),
    };
}
