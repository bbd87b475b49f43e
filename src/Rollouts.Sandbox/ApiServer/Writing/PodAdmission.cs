using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.ApiServer.Storage;

namespace Rollouts.Sandbox.ApiServer.Writing;

/// <summary>What the default admission plug-ins add to a pod: its service account, its token, tolerations, its priority.</summary>
internal sealed class PodAdmission(Store store, Identities identities)
{
    private const string TokenPath = "/var/run/secrets/kubernetes.io/serviceaccount";
    private const int TokenSeconds = 3607, TolerationSeconds = 300;

    public void Prepare(JsonObject pod)
    {
        JsonObject spec = pod.Ensure("spec");
        spec.Default("serviceAccountName", "default");
        string account = spec.TextAt("serviceAccountName")!;
        spec["serviceAccount"] = account;
        if (store.Get(new ShelfKey("", "serviceaccounts"), ObjectMeta.Key(pod.Namespace(), account)) is null)
            throw Refusals.Forbidden(Kinds.Pods, pod.Name(),
                $"error looking up service account {pod.Namespace()}/{account}: serviceaccount \"{account}\" not found");
        spec.Default("priority", 0);
        spec.Default("preemptionPolicy", "PreemptLowerPriority");
        foreach (string trouble in (string[])["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"])
            Tolerate(spec, trouble);
        if (!Refuses(spec))
            MountToken(spec);
    }

    private static bool Refuses(JsonObject spec) =>
        spec["automountServiceAccountToken"] is JsonValue value && value.TryGetValue(out bool wanted) && !wanted;

    private static void Tolerate(JsonObject spec, string trouble)
    {
        if (spec.ObjectsAt("tolerations").Any(t => t.TextAt("key") == trouble || (t["key"] is null && t.TextAt("operator") == "Exists")))
            return;
        spec.Default("tolerations", new JsonArray());
        ((JsonArray)spec["tolerations"]!).Add(new JsonObject
        {
            ["key"] = trouble,
            ["operator"] = "Exists",
            ["effect"] = "NoExecute",
            ["tolerationSeconds"] = TolerationSeconds,
        });
    }

    private void MountToken(JsonObject spec)
    {
        List<JsonObject> without = [.. spec.ObjectsAt("containers").Concat(spec.ObjectsAt("initContainers"))
            .Where(c => !c.ObjectsAt("volumeMounts").Any(m => m.TextAt("mountPath") == TokenPath))];
        if (without.Count == 0)
            return;
        string name = identities.Name("kube-api-access-");
        spec.Default("volumes", new JsonArray());
        ((JsonArray)spec["volumes"]!).Add(new JsonObject { ["name"] = name, ["projected"] = Projection() });
        foreach (JsonObject container in without)
        {
            container.Default("volumeMounts", new JsonArray());
            ((JsonArray)container["volumeMounts"]!).Add(new JsonObject { ["name"] = name, ["readOnly"] = true, ["mountPath"] = TokenPath });
        }
    }

    private static JsonObject Projection() => new()
    {
        ["sources"] = new JsonArray(
            new JsonObject { ["serviceAccountToken"] = new JsonObject { ["expirationSeconds"] = TokenSeconds, ["path"] = "token" } },
            new JsonObject
            {
                ["configMap"] = new JsonObject
                {
                    ["name"] = "kube-root-ca.crt",
                    ["items"] = new JsonArray(new JsonObject { ["key"] = "ca.crt", ["path"] = "ca.crt" }),
                },
            },
            new JsonObject
            {
                ["downwardAPI"] = new JsonObject
                {
                    ["items"] = new JsonArray(new JsonObject
                    {
                        ["path"] = "namespace",
                        ["fieldRef"] = new JsonObject { ["apiVersion"] = "v1", ["fieldPath"] = "metadata.namespace" },
                    }),
                },
            }),
        ["defaultMode"] = 420,
    };
}
