using System.Collections.Concurrent;
using Rollouts.Sandbox.ApiServer.Injecting;

namespace Rollouts.Controller.Tests.World;

/// <summary>What goes wrong with the requests for one namespace, so that worlds which share a server do not disturb each other.</summary>
internal sealed class NamespacedFaults : IRequestFaults
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<IRequestFaults>> faults = new();
    private readonly ConcurrentQueue<(string Namespace, ApiRequest Request, RequestFault Fault)> met = new();

    /// <param name="of">The first that has a fault for a request disturbs it.</param>
    public void Set(string ns, IReadOnlyList<IRequestFaults> of) => faults[ns] = of;

    /// <summary>What came to pass so far with the requests of the namespace.</summary>
    public IReadOnlyList<(ApiRequest Request, RequestFault Fault)> Met(string ns) => [.. met.Where(one => one.Namespace == ns).Select(one => (one.Request, one.Fault))];

    // What a seed draws must not depend on which number the namespace has got this time.
    public RequestFault? For(ApiRequest request)
    {
        if (NamespaceOf(request) is not { } ns || !faults.TryGetValue(ns, out var of))
            return null;
        var nameless = request with { Path = request.Path.Replace($"/namespaces/{ns}/", "/namespaces/any/", StringComparison.Ordinal) };
        return of.Select(some => some.For(nameless)).FirstOrDefault(fault => fault is not null);
    }

    public void Met(ApiRequest request, RequestFault fault) => met.Enqueue((NamespaceOf(request) ?? "", request, fault));

    private static string? NamespaceOf(ApiRequest request) => request.Path.Split('/').SkipWhile(part => part != "namespaces").ElementAtOrDefault(1);
}
