using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Workloads.Objects;

namespace Rollouts.Sandbox.Workloads.ReplicaSets;

internal static class ReplicaSetStatus
{
    private const string Failure = "ReplicaFailure";

    public static TimeSpan MinReady(JsonObject set) => TimeSpan.FromSeconds(set.NumberAt("spec", "minReadySeconds") ?? 0);

    /// <param name="pods">The active pods that it controls.</param>
    /// <param name="refusal">Why pods could not be made, if they could not.</param>
    public static JsonObject Of(JsonObject set, IReadOnlyList<JsonObject> pods, ApiException? refusal, TimeProvider time)
    {
        JsonObject? labels = set.ObjectAt("spec", "template", "metadata", "labels");
        DateTimeOffset now = time.GetUtcNow();
        var status = new JsonObject { ["replicas"] = pods.Count };
        status.PutCounter("fullyLabeledReplicas", pods.Count(p => LabelMatch.MatchesAll(labels, p.ObjectAt("metadata", "labels"))));
        status.PutCounter("readyReplicas", pods.Count(p => p.IsReady()));
        status.PutCounter("availableReplicas", pods.Count(p => p.IsAvailable(MinReady(set), now)));
        status["observedGeneration"] = set.NumberAt("metadata", "generation");
        status.Put("conditions", set.At("status", "conditions")?.DeepClone());
        if (refusal is null)
            status.RemoveCondition(Failure);
        else if (status.Condition(Failure) is null)
            status.PutCondition(new JsonObject
            {
                ["type"] = Failure,
                ["status"] = "True",
                ["lastTransitionTime"] = time.Timestamp(),
                ["reason"] = "FailedCreate",
                ["message"] = refusal.Message,
            });
        return status;
    }
}
