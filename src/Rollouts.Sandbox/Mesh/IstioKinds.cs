using Rollouts.Sandbox.ApiServer;

namespace Rollouts.Sandbox.Mesh;

/// <summary>Istio's kinds that the mesh obeys, in the version that they are stored in.</summary>
public static class IstioKinds
{
    public static readonly ResourceKind VirtualServices = new("networking.istio.io", "v1beta1", "virtualservices", "VirtualService", true);
    public static readonly ResourceKind DestinationRules = new("networking.istio.io", "v1beta1", "destinationrules", "DestinationRule", true);
}
