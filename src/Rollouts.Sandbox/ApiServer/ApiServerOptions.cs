using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Rollouts.Sandbox.ApiServer.Injecting;

namespace Rollouts.Sandbox.ApiServer;

/// <summary>How an embedded API server runs.</summary>
public sealed record ApiServerOptions
{
    /// <summary>The port on loopback; 0 takes a free one.</summary>
    public int Port { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where uids, the ends of generated names and addresses come from.</summary>
    public int Seed { get; init; } = 1;

    public ILoggerFactory Logging { get; init; } = NullLoggerFactory.Instance;

    /// <summary>What goes wrong with requests over HTTP; null: nothing.</summary>
    public IRequestFaults? Faults { get; init; }

    /// <summary>How many changes of each kind are kept for watches and for the pages of a list; an older one is a 410.</summary>
    public int HistoryLength { get; init; } = 5000;
}
