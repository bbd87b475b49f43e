namespace Rollouts.Sandbox.Mesh.Routing;

/// <summary>One HTTPRouteDestination. Only its share of the rule's total weight counts.</summary>
internal sealed record Destination(Upstream Upstream, int Weight, HeaderChanges Request, HeaderChanges Response);
