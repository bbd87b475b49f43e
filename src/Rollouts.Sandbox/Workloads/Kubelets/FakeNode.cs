using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.Workloads.Kubelets;

/// <summary>The one node of the sandbox.</summary>
internal static class FakeNode
{
    public const string Name = "fake-node-0";
    public const string Address = "172.18.0.2";

    public static void Register(ICluster cluster, TimeProvider time)
    {
        if (cluster.Get(Kinds.Nodes, null, Name) is not null)
            return;
        JsonObject node = cluster.Create(Kinds.Nodes, new JsonObject
        {
            ["apiVersion"] = Kinds.Nodes.ApiVersion,
            ["kind"] = Kinds.Nodes.Kind,
            ["metadata"] = new JsonObject
            {
                ["name"] = Name,
                ["labels"] = new JsonObject
                {
                    ["kubernetes.io/hostname"] = Name,
                    ["kubernetes.io/os"] = "linux",
                    ["kubernetes.io/arch"] = "amd64",
                },
            },
        });
        node["status"] = Status(time);
        cluster.Update(Kinds.Nodes, node, "status");
    }

    private static JsonObject Status(TimeProvider time)
    {
        static JsonObject Resources() => new() { ["cpu"] = "2", ["memory"] = "8Gi", ["pods"] = "110" };
        return new JsonObject
        {
            ["capacity"] = Resources(),
            ["allocatable"] = Resources(),
            ["addresses"] = new JsonArray(
                new JsonObject { ["type"] = "InternalIP", ["address"] = Address },
                new JsonObject { ["type"] = "Hostname", ["address"] = Name }),
            ["conditions"] = new JsonArray(new JsonObject
            {
                ["type"] = "Ready",
                ["status"] = "True",
                ["lastHeartbeatTime"] = time.Timestamp(),
                ["lastTransitionTime"] = time.Timestamp(),
                ["reason"] = "KubeletReady",
                ["message"] = "kubelet is posting ready status",
            }),
        };
    }
}
