namespace Rollouts.Sandbox.Traffic;

/// <param name="Second">Whole seconds since the load began.</param>
/// <param name="Sent">Due in this second; their answers may count in a later one.</param>
public sealed record SecondOfTraffic(int Second, long Sent, long Ok, long Failed);
