using Rollouts.Model.Status;

namespace Rollouts.Core;

/// <summary>What follows from an observation: the status to be, and when to look again if nothing happens before.</summary>
public sealed record Decision(CanaryStatus Status, DateTimeOffset? LookAgainAt);
