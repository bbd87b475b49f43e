namespace Rollouts.Sandbox.Mesh.Routing;

/// <summary>Who serves, as Istio names it: the controller of the pod's controller, and what the pod's labels tell.</summary>
internal sealed record Workload(
    string Name, string Namespace, string App, string Version, string CanonicalService, string CanonicalRevision, string ServiceAccount)
{
    public static readonly Workload Unknown = new("unknown", "unknown", "unknown", "unknown", "unknown", "latest", "unknown");

    /// <summary>The caller of everything that enters by the sandbox's listener.</summary>
    public static readonly Workload Gateway = new(
        "istio-ingressgateway", "istio-system", "istio-ingressgateway", "unknown", "istio-ingressgateway", "latest",
        "istio-ingressgateway-service-account");
}
