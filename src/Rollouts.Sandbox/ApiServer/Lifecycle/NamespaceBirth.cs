using System.Text.Json.Nodes;

namespace Rollouts.Sandbox.ApiServer.Lifecycle;

/// <summary>What every namespace has from its beginning: its default ServiceAccount and the cluster's certificate.</summary>
internal static class NamespaceBirth
{
    public static void Furnish(ICluster cluster, string ns)
    {
        if (cluster.Get(Kinds.ServiceAccounts, ns, "default") is null)
            cluster.Create(Kinds.ServiceAccounts, Named(ns, "default"));
        if (cluster.Get(Kinds.ConfigMaps, ns, "kube-root-ca.crt") is not null)
            return;
        JsonObject authority = Named(ns, "kube-root-ca.crt");
        authority["data"] = new JsonObject { ["ca.crt"] = "" };
        cluster.Create(Kinds.ConfigMaps, authority);
    }

    private static JsonObject Named(string ns, string name) =>
        new() { ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = ns } };
}
