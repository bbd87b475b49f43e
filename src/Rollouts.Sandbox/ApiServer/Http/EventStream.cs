using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Rollouts.Sandbox.ApiServer.Http;

/// <summary>The lines of one watch.</summary>
internal sealed class EventStream(HttpContext context, Representation representation, ResourcePath path)
{
    private bool first = true;

    /// <summary>Lets the caller know that the watch has begun, though nothing has happened yet.</summary>
    public Task OpenAsync() => context.Response.Body.FlushAsync(context.RequestAborted);

    public async Task SendAsync(string type, JsonObject obj)
    {
        JsonObject shown = Rendering.Event(representation, path, obj, context.Request, first);
        first = false;
        await WriteAsync(type, shown);
    }

    /// <summary>That every change up to a revision has been told.</summary>
    public Task SendBookmarkAsync(long revision) => SendAsync("BOOKMARK", new JsonObject
    {
        ["kind"] = path.Kind.Kind,
        ["apiVersion"] = path.Kind.ApiVersion,
        ["metadata"] = new JsonObject { ["resourceVersion"] = $"{revision}", ["creationTimestamp"] = null },
    });

    public Task SendErrorAsync(ApiException refusal) => WriteAsync("ERROR", Answers.Status(refusal));

    private async Task WriteAsync(string type, JsonObject obj)
    {
        await context.Response.Body.WriteAsync(
            Answers.Bytes(new JsonObject { ["type"] = type, ["object"] = obj }), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
