using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rollouts.Core.Gating;
using Rollouts.Model;
using Rollouts.Model.Analysis;

namespace Rollouts.Controller.Gating;

/// <summary>
/// The body of a call. The first five fields are Flagger's, by the names and in the shape that its receivers read; a decoder that knows
/// no more passes over the others.
/// </summary>
internal static class HookPayload
{
    // Receivers show the text to people and log it; \u0027 for an apostrophe is for pages that paste JSON into HTML.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(CanaryKey canary, GateCall call) => new JsonObject
    {
        ["name"] = canary.Name,
        ["namespace"] = canary.Namespace,
        ["phase"] = call.Phase.ToString(),
        ["checksum"] = call.Checksum,
        ["metadata"] = new JsonObject(call.Hook.Metadata.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value))),
        ["type"] = HookWords.Of(call.Hook.Kind),
        ["revision"] = call.Revision,
        ["run"] = call.Key,
        ["canaryWeight"] = call.Split.Candidate.Percent,
        ["failedChecks"] = call.FailedChecks,
    }.ToJsonString(Plain);
}
