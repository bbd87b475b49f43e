using System.Globalization;
using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.Workloads.Objects;

/// <summary>Tells in Kubernetes Events what a controller did; the same words about the same object are one Event with a count.</summary>
internal sealed class EventRecorder(ICluster cluster, TimeProvider time)
{
    private readonly Dictionary<(string Uid, string Reason, string Message), string> told = [];
    private long last;

    /// <param name="component">Who says so, for instance <c>deployment-controller</c>.</param>
    /// <param name="type">Normal or Warning.</param>
    public void Tell(string component, ResourceKind kind, JsonObject about, string reason, string message, string type = "Normal")
    {
        try
        {
            Record(component, kind, about, reason, message, type);
        }
        catch (ApiException)
        {
            // An Event is a courtesy: where its namespace is going or another write came first, the work goes on without it.
        }
    }

    private void Record(string component, ResourceKind kind, JsonObject about, string reason, string message, string type)
    {
        var what = (about.Uid(), reason, message);
        if (told.TryGetValue(what, out string? name) && cluster.Get(Kinds.Events, about.Namespace(), name) is { } before)
        {
            before["count"] = (before.NumberAt("count") ?? 1) + 1;
            before["lastTimestamp"] = time.Timestamp();
            cluster.Update(Kinds.Events, before);
            return;
        }
        // Named by time as upstream names them, but never twice the same: a list of Events is in the order of their happening.
        last = Math.Max(last + 1, (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100);
        told[what] = name = $"{about.Name()}.{last.ToString("x16", CultureInfo.InvariantCulture)}";
        cluster.Create(Kinds.Events, new JsonObject
        {
            ["apiVersion"] = Kinds.Events.ApiVersion,
            ["kind"] = Kinds.Events.Kind,
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = about.Namespace() },
            ["involvedObject"] = Involved(kind, about),
            ["reason"] = reason,
            ["message"] = message,
            ["source"] = new JsonObject { ["component"] = component },
            ["firstTimestamp"] = time.Timestamp(),
            ["lastTimestamp"] = time.Timestamp(),
            ["count"] = 1,
            ["type"] = type,
            ["eventTime"] = null,
            ["reportingComponent"] = "",
            ["reportingInstance"] = "",
        });
    }

    private static JsonObject Involved(ResourceKind kind, JsonObject about) => new()
    {
        ["kind"] = kind.Kind,
        ["namespace"] = about.Namespace(),
        ["name"] = about.Name(),
        ["uid"] = about.Uid(),
        ["apiVersion"] = kind.ApiVersion,
        ["resourceVersion"] = about.ResourceVersion(),
    };
}
