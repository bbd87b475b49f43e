using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Workloads.Objects;

namespace Rollouts.Sandbox.Workloads.Endpoints;

/// <summary>The slices of a Service: one for each set of ports that its pods have, and one without any where there are no pods.</summary>
internal static class EndpointSlice
{
    public const string ServiceLabel = "kubernetes.io/service-name";
    public const string ManagerLabel = "endpointslice.kubernetes.io/managed-by";
    public const string Controller = "endpointslice-controller.k8s.io";
    public const string MirroringController = "endpointslicemirroring-controller.k8s.io";

    private const string TriggerTime = "endpoints.kubernetes.io/last-change-trigger-time";

    public static List<JsonObject> Of(JsonObject service, IReadOnlyList<ServicePod> pods)
    {
        JsonObject labels = service.CopyOf("labels");
        labels.Remove("service.kubernetes.io/headless");
        var made = pods.GroupBy(p => string.Join(',', p.Ports)).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => (Endpoints: (JsonArray?)[.. g.Select(Endpoint)], Ports: Ports(g.First().Ports)))
            .DefaultIfEmpty((null, null));
        string trigger = pods.Select(p => p.Pod["status"].Condition("Ready").MomentAt("lastTransitionTime") ?? p.Pod.Created())
            .Append(service.Created()).Max().Timestamp();
        return [.. made.Select(m => Slice(
            Kinds.Services, service, Controller, labels, new JsonObject { [TriggerTime] = trigger }, m.Endpoints, m.Ports))];
    }

    /// <summary>The slices that say what Endpoints say that somebody wrote by hand.</summary>
    public static List<JsonObject> Mirror(JsonObject endpoints) =>
    [
        .. endpoints.ObjectsAt("subsets").Select(subset => Slice(
            Kinds.Endpoints, endpoints, MirroringController, endpoints.CopyOf("labels"), [],
            [.. Mirrored(subset, "addresses", true), .. Mirrored(subset, "notReadyAddresses", false)],
            [.. subset.ObjectsAt("ports").Select(p => Port(
                p.TextAt("name") ?? "", p.TextAt("protocol") ?? "TCP", p.NumberAt("port") ?? 0, p.TextAt("appProtocol")))])),
    ];

    private static JsonObject Slice(
        ResourceKind ownerKind, JsonObject owner, string manager, JsonObject labels, JsonObject annotations, JsonArray? endpoints, JsonArray? ports)
    {
        labels[ManagerLabel] = manager;
        labels[ServiceLabel] = owner.Name();
        var metadata = new JsonObject
        {
            ["generateName"] = owner.Name() + "-",
            ["namespace"] = owner.Namespace(),
            ["labels"] = labels.DeepClone(),
        };
        metadata.Put("annotations", annotations.Count == 0 ? null : annotations);
        metadata["ownerReferences"] = new JsonArray(Ownership.Reference(ownerKind, owner));
        return new JsonObject
        {
            ["apiVersion"] = Kinds.EndpointSlices.ApiVersion,
            ["kind"] = Kinds.EndpointSlices.Kind,
            ["metadata"] = metadata,
            ["addressType"] = "IPv4",
            ["endpoints"] = endpoints,
            ["ports"] = ports,
        };
    }

    private static JsonObject Endpoint(ServicePod pod) => new()
    {
        ["addresses"] = new JsonArray(pod.IP),
        ["conditions"] = new JsonObject
        {
            ["ready"] = pod.Ready,
            ["serving"] = pod.Ready || pod.Pod.IsReady(),
            ["terminating"] = pod.IsTerminating,
        },
        ["targetRef"] = pod.TargetRef,
        ["nodeName"] = pod.Pod.TextAt("spec", "nodeName"),
    };

    private static IEnumerable<JsonObject> Mirrored(JsonObject subset, string member, bool ready) =>
        subset.ObjectsAt(member).Select(a =>
        {
            var endpoint = new JsonObject
            {
                ["addresses"] = new JsonArray(a.TextAt("ip")),
                ["conditions"] = new JsonObject { ["ready"] = ready },
            };
            foreach (string copied in (string[])["hostname", "nodeName", "targetRef"])
                endpoint.Put(copied, a.At(copied)?.DeepClone());
            return endpoint;
        });

    private static JsonArray? Ports(IReadOnlyList<ServicePort> ports) =>
        [.. ports.Select(p => Port(p.Name, p.Protocol, p.Port, p.AppProtocol))];

    private static JsonObject Port(string name, string protocol, long number, string? appProtocol)
    {
        var port = new JsonObject { ["name"] = name, ["protocol"] = protocol, ["port"] = number };
        port.Put("appProtocol", appProtocol);
        return port;
    }
}
