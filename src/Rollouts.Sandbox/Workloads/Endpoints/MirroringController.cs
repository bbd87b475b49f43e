using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Workloads.Objects;
using Rollouts.Sandbox.Workloads.Running;

namespace Rollouts.Sandbox.Workloads.Endpoints;

/// <summary>Copies Endpoints that somebody wrote by hand, for a Service without a selector, to EndpointSlices.</summary>
internal sealed class MirroringController(ICluster cluster) : IController
{
    private const string SkipLabel = "endpointslice.kubernetes.io/skip-mirror";

    public IReadOnlyList<Interest> Interests { get; } =
    [
        new(Kinds.Endpoints, e => [e.KeyOf()]),
        new(Kinds.Services, s => [s.KeyOf()]),
    ];

    public Task<TimeSpan?> ReconcileAsync(ObjectKey key, CancellationToken cancellation)
    {
        bool byHand = cluster.Get(Kinds.Services, key.Namespace, key.Name) is { } service
            && service.ObjectAt("spec", "selector") is null or { Count: 0 };
        JsonObject? endpoints = byHand ? cluster.Get(Kinds.Endpoints, key.Namespace, key.Name) : null;
        List<JsonObject> wanted = endpoints is null || endpoints.IsDeleting() || endpoints.TextAt("metadata", "labels", SkipLabel) == "true"
            ? [] : EndpointSlice.Mirror(endpoints);
        SliceWriter.Write(cluster, key.Namespace, key.Name, EndpointSlice.MirroringController, wanted);
        return Task.FromResult<TimeSpan?>(null);
    }
}
