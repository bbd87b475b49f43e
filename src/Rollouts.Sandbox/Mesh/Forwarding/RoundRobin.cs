using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Rollouts.Sandbox.Mesh.Routing;

namespace Rollouts.Sandbox.Mesh.Forwarding;

/// <summary>Takes turns among the pods of each Service; the turns outlive a change of the routes.</summary>
internal sealed class RoundRobin
{
    private readonly ConcurrentDictionary<string, StrongBox<uint>> _turns = new();

    /// <param name="tried">Pods that failed this request already; they come again only when no other is left.</param>
    public Backend? Next(Upstream upstream, IReadOnlyCollection<Backend> tried)
    {
        var backends = upstream.Backends;
        if (backends.Count == 0)
            return null;
        var turn = Interlocked.Increment(ref _turns.GetOrAdd(upstream.Host, _ => new StrongBox<uint>()).Value);
        for (var i = 0u; i < backends.Count; i++)
        {
            var backend = backends[(int)((turn + i) % backends.Count)];
            if (!tried.Contains(backend))
                return backend;
        }
        return backends[(int)(turn % backends.Count)];
    }
}
