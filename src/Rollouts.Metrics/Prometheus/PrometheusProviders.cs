namespace Rollouts.Metrics.Prometheus;

/// <summary>Hands out a provider for each metrics server: the controller's own, or the one that a Canary names.</summary>
public sealed class PrometheusProviders(IHttpClientFactory clients)
{
    /// <summary>The provider that asks the server at this address; it holds no connection and may be kept or dropped.</summary>
    public IMetricProvider At(PrometheusAddress address) => new PrometheusProvider(clients, address);
}
