using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Workloads.Objects;
using Rollouts.Sandbox.Workloads.Running;

namespace Rollouts.Sandbox.Workloads.Endpoints;

/// <summary>Keeps the Endpoints and the EndpointSlices of Services that have a selector.</summary>
internal sealed class ServiceController : IController
{
    private readonly ICluster cluster;

    // Endpoints that nobody made for a Service may stand alone, so only those are removed that were kept for one.
    private readonly HashSet<ObjectKey> kept = [];

    public ServiceController(ICluster cluster)
    {
        this.cluster = cluster;
        Interests =
        [
            new(Kinds.Services, s => [s.KeyOf()]),
            // All Services of the namespace, as a pod may have left the selection of one by a change of its labels.
            new(Kinds.Pods, p => cluster.List(Kinds.Services, p.Namespace()).Where(HasSelector).Select(Ownership.KeyOf)),
            new(Kinds.Endpoints, e => [e.KeyOf()]),
            new(Kinds.EndpointSlices, s => s.ControllerKey(Kinds.Services)),
        ];
    }

    public IReadOnlyList<Interest> Interests { get; }

    public Task<TimeSpan?> ReconcileAsync(ObjectKey key, CancellationToken cancellation)
    {
        JsonObject? service = cluster.Get(Kinds.Services, key.Namespace, key.Name);
        if (service is not null && !service.IsDeleting() && HasSelector(service))
        {
            kept.Add(key);
            List<ServicePod> pods = [.. ServicePod.Of(service, cluster.List(Kinds.Pods, key.Namespace))];
            WriteEndpoints(service, EndpointSubsets.Of(pods));
            SliceWriter.Write(cluster, key.Namespace, key.Name, EndpointSlice.Controller, EndpointSlice.Of(service, pods));
        }
        else if (service is null && kept.Remove(key))
        {
            cluster.Delete(Kinds.Endpoints, key.Namespace, key.Name);
            SliceWriter.Write(cluster, key.Namespace, key.Name, EndpointSlice.Controller, []);
        }
        return Task.FromResult<TimeSpan?>(null);
    }

    private static bool HasSelector(JsonObject service) =>
        service.ObjectAt("spec", "selector") is { Count: > 0 } && service.TextAt("spec", "type") != "ExternalName";

    private void WriteEndpoints(JsonObject service, JsonArray? subsets)
    {
        JsonObject? before = cluster.Get(Kinds.Endpoints, service.Namespace(), service.Name());
        JsonObject next = before?.Copy() ?? new JsonObject
        {
            ["apiVersion"] = Kinds.Endpoints.ApiVersion,
            ["kind"] = Kinds.Endpoints.Kind,
            ["metadata"] = new JsonObject { ["name"] = service.Name(), ["namespace"] = service.Namespace() },
        };
        JsonObject labels = service.CopyOf("labels");
        if (service.TextAt("spec", "clusterIP") == "None")
            labels["service.kubernetes.io/headless"] = "";
        next.Metadata().Put("labels", labels.Count == 0 ? null : labels);
        next.Put("subsets", subsets);
        if (before is null)
            cluster.Create(Kinds.Endpoints, next);
        else if (!Json.Same(before, next))
            cluster.Update(Kinds.Endpoints, next);
    }
}
