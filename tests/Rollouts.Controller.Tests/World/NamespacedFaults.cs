using System.Collections.Concurrent;
using Rollouts.Sandbox.ApiServer.Injecting;

namespace Rollouts.Controller.Tests.World;

/// <summary>What goes wrong with the requests for one namespace, so that worlds which share a server do not disturb each other.</summary>
internal sealed class NamespacedFaults : IRequestFaults
{
    private readonly ConcurrentDictionary<string, IRequestFaults> faults = new();
    private readonly ConcurrentDictionary<string, int> met = new();

    public void Set(string ns, IRequestFaults of) => faults[ns] = of;

    /// <summary>How many requests of the namespace went wrong so far.</summary>
    public int Met(string ns) => met.GetValueOrDefault(ns);

    public RequestFault? For(ApiRequest request)
    {
        if (request.Path.Split('/').SkipWhile(part => part != "namespaces").ElementAtOrDefault(1) is not { } ns || !faults.TryGetValue(ns, out var of))
            return null;
        var fault = of.For(request);
        if (fault is not null)
            met.AddOrUpdate(ns, 1, (_, before) => before + 1);
        return fault;
    }
}
