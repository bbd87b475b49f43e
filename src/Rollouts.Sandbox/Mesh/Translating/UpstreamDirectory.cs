using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Mesh.Routing;

namespace Rollouts.Sandbox.Mesh.Translating;

/// <summary>The ready pods behind a Service, as its Endpoints name them, whether it has a cluster address or is headless.</summary>
internal sealed class UpstreamDirectory(MeshObjects objects, ServiceDirectory services)
{
    private readonly Dictionary<ObjectKey, JsonObject> _endpoints = objects.Endpoints.ToDictionary(ObjectKey.Of);
    private readonly WorkloadDirectory _workloads = new(objects);

    /// <param name="port">A port of the Service; null: its first one.</param>
    /// <param name="subset">A subset of the host's DestinationRule; one that no rule defines has no pods.</param>
    public Upstream Find(ObjectKey service, int? port, string? subset)
    {
        if (!_endpoints.TryGetValue(service, out var endpoints) || PortName(service, port) is not { } portName)
            return new(service.Name, service.Namespace, []);

        var wanted = subset is null ? new Dictionary<string, string>() : SubsetLabels(service, subset);
        var backends =
            from part in endpoints.ObjectsAt("subsets")
            let target = part.ObjectsAt("ports").FirstOrDefault(p => (p.TextAt("name") ?? "") == portName)
            where target is not null
            from address in part.ObjectsAt("addresses")
            let pod = new ObjectKey(service.Namespace, address.TextAt("targetRef", "name") ?? "")
            where wanted is not null && wanted.All(label => _workloads.LabelsOf(pod).GetValueOrDefault(label.Key) == label.Value)
            select new Backend(address.TextAt("ip") ?? "", (int)(target.NumberAt("port") ?? 0), _workloads.Find(pod));
        return new(service.Name, service.Namespace, [.. backends]);
    }

    private string? PortName(ObjectKey service, int? port)
    {
        var ports = services.Get(service).ObjectsAt("spec", "ports").ToList();
        var found = port is null ? ports.FirstOrDefault() : ports.FirstOrDefault(p => p.NumberAt("port") == port);
        return found is null ? null : found.TextAt("name") ?? "";
    }

    private IReadOnlyDictionary<string, string>? SubsetLabels(ObjectKey service, string subset) =>
        objects.DestinationRules
            .Where(rule => services.Resolve(rule.TextAt("spec", "host") ?? "", rule.Namespace() ?? "") == service)
            .SelectMany(rule => rule.ObjectsAt("spec", "subsets"))
            .FirstOrDefault(candidate => candidate.TextAt("name") == subset)
            ?.MapAt("labels");
}
