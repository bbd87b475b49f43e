namespace Rollouts.Sandbox.Traffic;

/// <summary>What became of the load, at one moment. Its parts do not change any more.</summary>
/// <param name="Sent">Requests that were due: those not sent for want of room are among them, and failed.</param>
/// <param name="InFlight">Sent and not answered yet.</param>
/// <param name="Failures">The failed ones by reason; a reason that did not occur is missing.</param>
/// <param name="Latency">From the moment that a request was due to the end of its answer or failure.</param>
/// <param name="Versions">By the version that answered; <c>unknown</c> where none said so.</param>
/// <param name="Seconds">The last quarter of an hour at most, the oldest first.</param>
public sealed record TrafficReport(
    long Sent,
    long Ok,
    long Failed,
    int InFlight,
    IReadOnlyDictionary<Failure, long> Failures,
    LatencyHistogram Latency,
    IReadOnlyDictionary<string, VersionTraffic> Versions,
    IReadOnlyList<SecondOfTraffic> Seconds)
{
    /// <summary>Share of the answered requests that were answered well, 0 to 1; null before the first answer.</summary>
    public double? SuccessRate => Ok + Failed == 0 ? null : (double)Ok / (Ok + Failed);
}
