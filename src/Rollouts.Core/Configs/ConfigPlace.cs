using System.Text.Json.Nodes;
using Rollouts.Core.Routing;

namespace Rollouts.Core.Configs;

/// <summary>
/// One place in a pod template that names a ConfigMap or Secret: volumes, projected volumes, env and envFrom of containers and init
/// containers. Ephemeral containers are no part of a template, and imagePullSecrets are the kubelet's, not the program's.
/// </summary>
internal sealed record ConfigPlace(ObjectId Id, bool IsOptional, Action<string> Rename)
{
    public static IEnumerable<ConfigPlace> In(JsonNode? template)
    {
        var pod = (template as JsonObject)?["spec"] as JsonObject;
        return Volumes(pod).Concat(Containers(pod)).OfType<ConfigPlace>();
    }

    private static IEnumerable<ConfigPlace?> Volumes(JsonObject? pod)
    {
        foreach (var volume in pod?["volumes"].Objects() ?? [])
        {
            yield return Of(ObjectKind.ConfigMap, volume["configMap"]);
            yield return Of(ObjectKind.Secret, volume["secret"], "secretName");
            foreach (var source in (volume["projected"] as JsonObject)?["sources"].Objects() ?? [])
            {
                yield return Of(ObjectKind.ConfigMap, source["configMap"]);
                yield return Of(ObjectKind.Secret, source["secret"]);
            }
        }
    }

    private static IEnumerable<ConfigPlace?> Containers(JsonObject? pod)
    {
        var containers = (pod?["initContainers"].Objects() ?? []).Concat(pod?["containers"].Objects() ?? []);
        foreach (var container in containers)
        {
            foreach (var from in container["env"].Objects().Select(variable => variable["valueFrom"]).OfType<JsonObject>())
            {
                yield return Of(ObjectKind.ConfigMap, from["configMapKeyRef"]);
                yield return Of(ObjectKind.Secret, from["secretKeyRef"]);
            }
            foreach (var from in container["envFrom"].Objects())
            {
                yield return Of(ObjectKind.ConfigMap, from["configMapRef"]);
                yield return Of(ObjectKind.Secret, from["secretRef"]);
            }
        }
    }

    private static ConfigPlace? Of(ObjectKind kind, JsonNode? reference, string field = "name") =>
        reference is JsonObject named && named[field].Text() is { Length: > 0 } name
            ? new ConfigPlace(
                new ObjectId(kind, name),
                named["optional"] is JsonValue flag && flag.TryGetValue(out bool optional) && optional,
                to => named[field] = to)
            : null;
}
