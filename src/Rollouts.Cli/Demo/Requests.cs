using System.Text.Json.Nodes;
using Rollouts.Sandbox.Traffic;

namespace Rollouts.Cli.Demo;

/// <summary>What became of the users' requests between two moments.</summary>
internal sealed record Requests(long Sent, long Ok, long Failed, IReadOnlyDictionary<Failure, long> Failures)
{
    public static Requests Between(TrafficReport before, TrafficReport after) => new(
        after.Sent - before.Sent,
        after.Ok - before.Ok,
        after.Failed - before.Failed,
        after.Failures
            .Select(entry => KeyValuePair.Create(entry.Key, entry.Value - before.Failures.GetValueOrDefault(entry.Key)))
            .Where(entry => entry.Value > 0)
            .ToDictionary());

    public JsonObject ToJson() => new()
    {
        ["sent"] = Sent,
        ["ok"] = Ok,
        ["failed"] = Failed,
        ["failures"] = new JsonObject(Failures.OrderBy(entry => entry.Key).Select(entry => KeyValuePair.Create(entry.Key.ToString(), (JsonNode?)entry.Value))),
    };

    public override string ToString() => $"{Sent} requests, {Failed} failed";
}
