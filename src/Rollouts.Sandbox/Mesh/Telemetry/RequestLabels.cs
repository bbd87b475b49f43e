using Rollouts.Sandbox.Mesh.Routing;

namespace Rollouts.Sandbox.Mesh.Telemetry;

/// <summary>What distinguishes one series of Istio's standard metrics from another here.</summary>
/// <param name="ResponseFlags">Envoy's: <c>-</c> none, UH no healthy upstream, UF and UC connection failed or broken, UT timeout, DC the client left, NR no route.</param>
internal sealed record RequestLabels(
    Reporter Reporter,
    Workload Destination,
    string ServiceName,
    string ServiceNamespace,
    int ResponseCode,
    string ResponseFlags)
{
    /// <summary>As Istio's proxies write them, in their order.</summary>
    public IEnumerable<KeyValuePair<string, string>> Pairs()
    {
        var source = Workload.Gateway;
        var service = ServiceName == "unknown" ? "unknown" : $"{ServiceName}.{ServiceNamespace}.svc.cluster.local";
        yield return new("reporter", Reporter == Reporter.Source ? "source" : "destination");
        yield return new("source_workload", source.Name);
        yield return new("source_canonical_service", source.CanonicalService);
        yield return new("source_canonical_revision", source.CanonicalRevision);
        yield return new("source_workload_namespace", source.Namespace);
        yield return new("source_principal", Principal(source));
        yield return new("source_app", source.App);
        yield return new("source_version", source.Version);
        yield return new("source_cluster", "Kubernetes");
        yield return new("destination_workload", Destination.Name);
        yield return new("destination_workload_namespace", Destination.Namespace);
        yield return new("destination_principal", Principal(Destination));
        yield return new("destination_app", Destination.App);
        yield return new("destination_version", Destination.Version);
        yield return new("destination_service", service);
        yield return new("destination_canonical_service", Destination.CanonicalService);
        yield return new("destination_canonical_revision", Destination.CanonicalRevision);
        yield return new("destination_service_name", ServiceName);
        yield return new("destination_service_namespace", ServiceNamespace);
        yield return new("destination_cluster", Destination == Workload.Unknown ? "unknown" : "Kubernetes");
        yield return new("request_protocol", "http");
        yield return new("response_code", $"{ResponseCode}");
        yield return new("response_flags", ResponseFlags);
        yield return new("connection_security_policy", Reporter == Reporter.Source ? "unknown" : "mutual_tls");
    }

    private static string Principal(Workload workload) => workload.Name == "unknown"
        ? "unknown"
        : $"spiffe://cluster.local/ns/{workload.Namespace}/sa/{workload.ServiceAccount}";
}
