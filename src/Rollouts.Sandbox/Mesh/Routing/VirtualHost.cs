using Microsoft.AspNetCore.Http;

namespace Rollouts.Sandbox.Mesh.Routing;

/// <summary>What answers to a host: rules in order, the first that covers the request takes it.</summary>
internal sealed record VirtualHost(IReadOnlyList<HttpRule> Rules)
{
    public HttpRule? Find(HttpRequest request, out RequestMatch? by)
    {
        by = null;
        foreach (var rule in Rules)
        {
            if (rule.Covers(request, out by))
                return rule;
        }
        return null;
    }
}
