using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.Workloads.Kubelets;

/// <summary>The nodes of the sandbox: <c>fake-node-0</c>, <c>fake-node-1</c> ...</summary>
internal static class FakeNode
{
    private const string Prefix = "fake-node-";

    public static void Register(ICluster cluster, int count, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 100);
        for (int i = 0; i < count; i++)
            Register(cluster, $"{Prefix}{i}", time);
    }

    /// <summary>The address of a node; null for a name that is none of the sandbox's.</summary>
    public static string? AddressOf(string? node) =>
        node is not null && node.StartsWith(Prefix, StringComparison.Ordinal) && byte.TryParse(node.AsSpan(Prefix.Length), out byte number)
            ? $"172.18.0.{number + 2}"
            : null;

    private static void Register(ICluster cluster, string name, TimeProvider time)
    {
        if (cluster.Get(Kinds.Nodes, null, name) is not null)
            return;
        JsonObject node = cluster.Create(Kinds.Nodes, new JsonObject
        {
            ["apiVersion"] = Kinds.Nodes.ApiVersion,
            ["kind"] = Kinds.Nodes.Kind,
            ["metadata"] = new JsonObject
            {
                ["name"] = name,
                ["labels"] = new JsonObject
                {
                    ["kubernetes.io/hostname"] = name,
                    ["kubernetes.io/os"] = "linux",
                    ["kubernetes.io/arch"] = "amd64",
                },
            },
        });
        node["status"] = Status(name, time);
        cluster.Update(Kinds.Nodes, node, "status");
    }

    private static JsonObject Status(string name, TimeProvider time)
    {
        static JsonObject Resources() => new() { ["cpu"] = "2", ["memory"] = "8Gi", ["pods"] = "110" };
        return new JsonObject
        {
            ["capacity"] = Resources(),
            ["allocatable"] = Resources(),
            ["addresses"] = new JsonArray(
                new JsonObject { ["type"] = "InternalIP", ["address"] = AddressOf(name) },
                new JsonObject { ["type"] = "Hostname", ["address"] = name }),
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
