using Microsoft.AspNetCore.Http;

namespace Rollouts.Sandbox.Mesh.Routing;

/// <summary>One HTTPRoute of a VirtualService, or what a Service without one gets.</summary>
/// <param name="Matches">Any of them must hold; none at all means every request.</param>
/// <param name="Timeout">null: none, which is Istio's default.</param>
internal sealed record HttpRule(
    IReadOnlyList<RequestMatch> Matches,
    Rewrite? Rewrite,
    TimeSpan? Timeout,
    RetryPolicy Retries,
    IReadOnlyList<Destination> Destinations,
    Mirror? Mirror,
    HeaderChanges Request,
    HeaderChanges Response)
{
    public int TotalWeight { get; } = Destinations.Sum(destination => destination.Weight);

    public bool Covers(HttpRequest request, out RequestMatch? by)
    {
        by = Matches.FirstOrDefault(match => match.Matches(request));
        return by is not null || Matches.Count == 0;
    }

    /// <param name="draw">A number from 0 up to the total weight, without it.</param>
    /// <returns>null where no destination has any weight.</returns>
    public Destination? Choose(int draw)
    {
        foreach (var destination in Destinations)
        {
            if (draw < destination.Weight)
                return destination;
            draw -= destination.Weight;
        }
        return null;
    }
}
