using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.ApiServer.Http;

/// <summary>Where the next page of a list begins, and the revision that all its pages show. Upstream's form.</summary>
internal sealed record ContinueToken(long Revision, string Start)
{
    /// <summary>In place of a revision: the rest as it is now, though the pages before showed an older state.</summary>
    public const long Newest = -1;

    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(new JsonObject
    {
        ["v"] = "meta.k8s.io/v1",
        ["rv"] = Revision,
        ["start"] = Start + "\0",
    }.ToJsonString()));

    /// <exception cref="ApiException">400 where the token is none of ours.</exception>
    public static ContinueToken Parse(string text)
    {
        try
        {
            JsonNode? token = JsonNode.Parse(Base64Url.DecodeFromChars(text));
            if (token.NumberAt("rv") is { } revision && token.TextAt("start") is { } start)
                return new ContinueToken(revision, start.TrimEnd('\0'));
        }
        catch (Exception malformed) when (malformed is FormatException or JsonException)
        {
            // Refused below, like every other token that we did not make.
        }
        throw Refusals.BadRequest("invalid continue token: continue key is not valid");
    }
}
