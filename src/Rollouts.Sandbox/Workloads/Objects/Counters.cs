using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.Workloads.Objects;

/// <summary>The numbers of pods in specs and statuses.</summary>
internal static class Counters
{
    /// <summary>The replicas that the spec asks for.</summary>
    public static int Replicas(this JsonObject workload) => (int)(workload.NumberAt("spec", "replicas") ?? 1);

    /// <summary>A counter of the status; one that is left out is zero.</summary>
    public static int Counter(this JsonNode? status, string name) => (int)(status.NumberAt(name) ?? 0);

    /// <summary>Sets a counter, or leaves it out when it is zero, as the API's types do.</summary>
    public static void PutCounter(this JsonObject status, string name, long value) => status.Put(name, value == 0 ? null : value);
}
