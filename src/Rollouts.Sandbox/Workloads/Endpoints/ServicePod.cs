using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Workloads.Objects;

namespace Rollouts.Sandbox.Workloads.Endpoints;

/// <summary>A pod that a Service selects and that has an address.</summary>
/// <param name="Ready">Whether traffic may go to it: it is ready and not told to end, or the Service publishes unready ones too.</param>
/// <param name="Ports">The ports of the Service that it has, with the number that each is here, in the Service's order.</param>
internal sealed record ServicePod(JsonObject Pod, string IP, bool Ready, IReadOnlyList<ServicePort> Ports)
{
    public bool IsTerminating => Pod.IsDeleting();

    public static IEnumerable<ServicePod> Of(JsonObject service, IEnumerable<JsonObject> pods)
    {
        JsonObject? selector = service.ObjectAt("spec", "selector");
        bool publishAll = service["spec"].TrueAt("publishNotReadyAddresses");
        foreach (JsonObject pod in pods)
            if (!pod.HasEnded() && LabelMatch.MatchesAll(selector, pod.ObjectAt("metadata", "labels"))
                && pod.TextAt("status", "podIP") is { Length: > 0 } ip)
                yield return new ServicePod(pod, ip, publishAll || (pod.IsReady() && !pod.IsDeleting()), ServicePort.Of(service, pod));
    }

    public JsonObject TargetRef => new()
    {
        ["kind"] = Kinds.Pods.Kind,
        ["namespace"] = Pod.Namespace(),
        ["name"] = Pod.Name(),
        ["uid"] = Pod.Uid(),
    };
}
