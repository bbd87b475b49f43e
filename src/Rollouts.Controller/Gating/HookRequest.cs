using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using System.Text;
using Rollouts.Core.Gating;
using Rollouts.Model;

namespace Rollouts.Controller.Gating;

/// <summary>One call as it is sent, the same at every attempt.</summary>
internal sealed class HookRequest
{
    private readonly Uri url;
    private readonly string? authorization;
    private readonly HookHeaders headers;
    private readonly string payload;
    private readonly string key;

    private HookRequest(Uri url, CanaryMetadata canary, GateCall call, HookHeaders headers)
    {
        this.url = new UriBuilder(url) { UserName = "", Password = "" }.Uri;
        this.headers = headers;
        authorization = url.UserInfo.Length == 0 || headers.Fields.ContainsKey("Authorization")
            ? null
            : $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(url.UserInfo)))}";
        payload = HookPayload.Of(canary.Key, call);
        // Runs are counted by each Canary for itself, so the uid is what keeps two Canaries apart that share a receiver. Draft
        // ietf-httpapi-idempotency-key-header makes the value a string of RFC 8941: in quotes, and of ASCII alone.
        key = $"\"{canary.Uid}/{call.Key}/{Uri.EscapeDataString(call.Hook.Name)}\"";
        Mask = new HookMask(headers.Fields.Values.Concat(authorization is null ? [] : [authorization]));
    }

    /// <summary>Hides what was sent in confidence.</summary>
    public HookMask Mask { get; }

    /// <summary>The problem is the part of a sentence that follows "because".</summary>
    public static bool TryMake(
        CanaryMetadata canary,
        GateCall call,
        HookHeaders headers,
        [NotNullWhen(true)] out HookRequest? request,
        [NotNullWhen(false)] out string? problem)
    {
        request = null;
        problem = null;
        if (!Uri.TryCreate(call.Hook.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            problem = "its url is not an http or https URL";
        else
            request = new HookRequest(url, canary, call, headers);
        return request is not null;
    }

    /// <summary>A message can be sent only once, so each attempt has its own.</summary>
    public HttpRequestMessage Message()
    {
        // A charset parameter would be new to receivers that compare the content type as text.
        var message = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = new StringContent(payload, Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };
        foreach (var (name, value) in headers.Fields)
        {
            // What HttpClient counts among the headers of content (Expires, Allow, ...) it takes only there.
            if (!message.Headers.TryAddWithoutValidation(name, value))
                message.Content.Headers.TryAddWithoutValidation(name, value);
        }
        if (authorization is not null)
            message.Headers.TryAddWithoutValidation("Authorization", authorization);
        message.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return message;
    }
}
