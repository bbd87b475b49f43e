namespace Rollouts.Sandbox.Mesh.Routing;

/// <param name="Percent">Share of the requests that are copied, 0 to 100.</param>
internal sealed record Mirror(Upstream Upstream, double Percent);
