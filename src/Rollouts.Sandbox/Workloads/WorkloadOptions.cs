using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Rollouts.Sandbox.Workloads;

/// <summary>How the sandbox's workloads behave; the defaults are those of a small, quick cluster.</summary>
public sealed record WorkloadOptions
{
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where the errors and the latencies of the pods' answers come from: the same seed, the same sequence per pod.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How many nodes there are, <c>fake-node-0</c> and so on; 1 to 100.</summary>
    public int Nodes { get; init; } = 1;

    /// <summary>How long after its start a pod is ready, where its annotation <c>fake-kubelet/ready-after</c> says nothing; zero or more.</summary>
    public TimeSpan ReadyAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the container of a pod with the outcome <c>crash</c> runs each time before it ends with exit code 1.</summary>
    public TimeSpan CrashAfter { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>How long an image that cannot be pulled is tried each time (ErrImagePull) before the wait (ImagePullBackOff).</summary>
    public TimeSpan PullFailsAfter { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>The wait after the second failure of a container or a pull; it doubles with each further one, up to five minutes.</summary>
    public TimeSpan BackOff { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a deleted pod still takes new connections, as with a preStop sleep: whoever routes by endpoints needs that long to
    /// learn of it. After that it finishes what is in flight (at most its terminationGracePeriodSeconds) and is gone.
    /// </summary>
    public TimeSpan DrainFor { get; init; } = TimeSpan.FromMilliseconds(300);

    public ILoggerFactory Logging { get; init; } = NullLoggerFactory.Instance;
}
