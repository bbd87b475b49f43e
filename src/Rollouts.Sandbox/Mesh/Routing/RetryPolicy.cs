using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Mesh.Translating;

namespace Rollouts.Sandbox.Mesh.Routing;

/// <param name="Attempts">Further tries after the first, ten at most.</param>
/// <param name="OnServerError">Whether an answer of 5xx is tried again too, not only a connection that failed.</param>
internal sealed record RetryPolicy(int Attempts, bool OnServerError)
{
    /// <summary>Istio retries twice by default, where the connection failed and the request therefore reached nobody.</summary>
    public static readonly RetryPolicy Default = new(2, OnServerError: false);

    public static RetryPolicy From(JsonNode? retries) => retries is null ? Default : new(
        (int)Math.Clamp(retries.NumberAt("attempts") ?? 2, 0, 10),
        (retries.TextAt("retryOn") ?? "").Split(',').Any(on => on.Trim() is "5xx" or "gateway-error"));
}
