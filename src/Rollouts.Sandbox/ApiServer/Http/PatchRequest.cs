using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.ApiServer.Patching;

namespace Rollouts.Sandbox.ApiServer.Http;

/// <summary>The change that a PATCH asks for, by the type of its body.</summary>
internal sealed class PatchRequest(Func<JsonObject, JsonObject?> change)
{
    public JsonObject? ChangeOf(JsonObject? current) => current is null ? null : change(current);

    public static async Task<PatchRequest> ReadAsync(HttpRequest request, ResourcePath path)
    {
        string type = request.MediaType();
        byte[] bytes = await request.ReadBytesAsync();
        JsonNode? Patch() => Body.Parse(bytes, []);
        return type switch
        {
            "application/merge-patch+json" => new(current => MergePatch.ApplyRequest(current, Patch())),
            "application/json-patch+json" => new(current => JsonPatchOperations.ApplyRequest(current, Patch())),
            _ => throw new ApiException(415, "UnsupportedMediaType", "415: Unsupported Media Type") { Subject = new StatusSubject() },
        };
    }
}
