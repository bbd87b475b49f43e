using System.Collections.Concurrent;
using Rollouts.Sandbox.ApiServer.Injecting;

namespace Rollouts.Controller.Tests.World;

/// <summary>What goes wrong with the requests for one namespace, so that worlds which share a server do not disturb each other.</summary>
internal sealed class NamespacedFaults : IRequestFaults
{
    private readonly ConcurrentDictionary<string, IRequestFaults> faults = new();

    public void Set(string ns, IRequestFaults of) => faults[ns] = of;

    public RequestFault? For(ApiRequest request) =>
        request.Path.Split('/').SkipWhile(part => part != "namespaces").ElementAtOrDefault(1) is { } ns && faults.TryGetValue(ns, out var of)
            ? of.For(request)
            : null;
}
