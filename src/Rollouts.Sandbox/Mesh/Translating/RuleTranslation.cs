using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Mesh.Routing;

namespace Rollouts.Sandbox.Mesh.Translating;

/// <summary>
/// From the http rules of a VirtualService to ours. A destination that names no port of a Service with several means the first one.
/// </summary>
internal sealed class RuleTranslation(Delegation delegation, ServiceDirectory services, UpstreamDirectory upstreams)
{
    /// <summary>Istio allows no more than 100 in all; this only keeps sums of nonsense from overflowing.</summary>
    private const int MostWeight = 1_000_000;

    private static readonly HeaderChanges NoChanges = HeaderChanges.From(null);

    /// <param name="gateways">Through which of its gateways the requests come that are meant.</param>
    public VirtualHost Translate(JsonObject virtualService, IReadOnlyCollection<string> gateways) => new(
    [
        .. from rule in delegation.RulesOf(virtualService)
           let narrowed = Gateways.Narrow(rule.Rule, rule.Namespace, gateways)
           where narrowed is not null
           select Rule(narrowed, rule.Namespace),
    ]);

    /// <summary>What a Service without a VirtualService gets: everything to its pods.</summary>
    public VirtualHost Plain(ObjectKey service) => new(
    [
        new([], null, null, RetryPolicy.Default, [new(upstreams.Find(service, null, null), 1, NoChanges, NoChanges)], null, NoChanges, NoChanges),
    ]);

    private HttpRule Rule(JsonObject rule, string ns) => new(
        [.. rule.ObjectsAt("match").Select(RequestMatch.From)],
        Rewrite.From(rule["rewrite"]),
        // "0s" switches the timeout off, and nobody waits to see the end of one of more than a day.
        GoDuration.Parse(rule.TextAt("timeout")) is { TotalDays: > 0 and <= 1 } timeout ? timeout : null,
        RetryPolicy.From(rule["retries"]),
        Destinations([.. rule.ObjectsAt("route")], ns),
        MirrorOf(rule, ns),
        HeaderChanges.From(rule.At("headers", "request")),
        HeaderChanges.From(rule.At("headers", "response")));

    private List<Destination> Destinations(IReadOnlyList<JsonObject> routes, string ns) =>
    [
        .. routes.Select(route => new Destination(
            UpstreamOf(route["destination"], ns),
            // A destination that stands alone takes everything, whatever its weight says.
            routes.Count == 1 ? 100 : (int)Math.Clamp(route.NumberAt("weight") ?? 0, 0, MostWeight),
            HeaderChanges.From(route.At("headers", "request")),
            HeaderChanges.From(route.At("headers", "response")))),
    ];

    private Mirror? MirrorOf(JsonObject rule, string ns) => rule["mirror"] is JsonObject mirror
        ? new(UpstreamOf(mirror, ns), rule.DecimalAt("mirrorPercentage", "value") ?? rule.NumberAt("mirrorPercent") ?? 100)
        : null;

    // A host that no Service has is a cluster without endpoints: 503, as Envoy says it.
    private Upstream UpstreamOf(JsonNode? destination, string ns)
    {
        var host = destination.TextAt("host") ?? "";
        return services.Resolve(host, ns) is { } service
            ? upstreams.Find(service, (int?)destination.NumberAt("port", "number"), destination.TextAt("subset"))
            : new(host.Split('.')[0], ns, []);
    }
}
