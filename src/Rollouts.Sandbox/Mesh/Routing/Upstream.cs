namespace Rollouts.Sandbox.Mesh.Routing;

/// <summary>A Service (or a subset of one) and its ready pods; without any, Envoy answers 503 with the flag UH.</summary>
internal sealed record Upstream(string Service, string Namespace, IReadOnlyList<Backend> Backends)
{
    public string Host => $"{Service}.{Namespace}.svc.cluster.local";
}
