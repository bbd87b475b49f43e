using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Rollouts.Sandbox.ApiServer.Catalog;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.ApiServer.Http;

/// <summary>Where every request comes in: it goes to discovery, to a review or to a resource, and refusals go out as Status.</summary>
internal sealed partial class Door(Cluster cluster, ILogger logger, CancellationToken stopping)
{
    private readonly Discovery discovery = new(cluster.Catalog);
    private readonly Reads reads = new(cluster, stopping);
    private readonly Writes writes = new(cluster);
    private readonly PodDoors pods = new(cluster);
    private readonly TokenDoor tokens = new(cluster);

    public async Task AnswerAsync(HttpContext context)
    {
        try
        {
            await RouteAsync(context);
        }
        catch (ApiException refusal) when (!context.Response.HasStarted)
        {
            await context.Response.WriteRefusalAsync(refusal);
        }
        catch (Exception fault) when (!context.Response.HasStarted && fault is not OperationCanceledException)
        {
            LogFault(logger, fault, context.Request.Method, context.Request.Path);
            await context.Response.WriteAsync(500, Answers.Status(Refusals.Internal($"{fault.GetType().Name}: {fault.Message}")));
        }
        catch (OperationCanceledException)
        {
            // The caller has gone, or the server stops.
        }
    }

    private async Task RouteAsync(HttpContext context)
    {
        string[] parts = (context.Request.Path.Value ?? "/").Split('/', StringSplitOptions.RemoveEmptyEntries);
        (string Group, string Version, string[] Below)? resource = parts switch
        {
            ["api", var version, .. { Length: > 0 } rest] => ("", version, rest),
            ["apis", var name, var version, .. { Length: > 0 } rest] => (name, version, rest),
            _ => null,
        };
        if (resource is not var (group, served, below))
            await discovery.AnswerAsync(context, parts);
        else if (Reviews.Knows(group, below))
            await Reviews.AnswerAsync(context, below);
        else if (!BuiltInDefinitions.Groups.Contains(group) && !cluster.Catalog.All.Any(d => d.Kind.Group == group && d.Versions.Contains(served)))
            await context.Response.WriteTextAsync(404, "404 page not found\n");
        else
        {
            ResourcePath path;
            try
            {
                path = ResourcePath.Parse(cluster.Catalog, group, served, below);
            }
            catch (ApiException unknown) when (unknown.Subject == new StatusSubject() && !BuiltInDefinitions.Groups.Contains(group))
            {
                await context.Response.WriteTextAsync(404, "404 page not found\n");
                return;
            }
            await AnswerAsync(context, path);
        }
    }

    private Task AnswerAsync(HttpContext context, ResourcePath path)
    {
        if (path.Definition.Custom?[path.Version].Deprecation(path.Kind, path.Definition.Versions[0]) is { } warning)
            context.Response.Headers.Append("Warning", $"299 - \"{warning}\"");
        return Route(context, path);
    }

    private Task Route(HttpContext context, ResourcePath path) => (context.Request.Method, path) switch
    {
        ("GET", { Name: null }) => reads.ListAsync(context, path),
        ("GET", _) when path.Watching => reads.ListAsync(context, path),
        ("GET", _) => reads.GetAsync(context, path),
        ("POST", { Name: null, Subresource: null }) => writes.CreateAsync(context, path),
        ("POST", { Subresource: "binding" }) => pods.BindAsync(context, path),
        ("POST", { Subresource: "eviction" }) => pods.EvictAsync(context, path),
        ("POST", { Subresource: "token" }) => tokens.IssueAsync(context, path),
        (_, { Subresource: "binding" or "eviction" or "token" }) => throw Refusals.MethodNotAllowed(),
        ("PUT", { Name: not null }) => writes.ReplaceAsync(context, path),
        ("PATCH", { Name: not null }) => writes.PatchAsync(context, path),
        ("DELETE", { Name: not null, Subresource: null }) => writes.DeleteAsync(context, path),
        ("DELETE", { Name: null }) => writes.DeleteAllAsync(context, path),
        _ => throw Refusals.MethodNotAllowed(),
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} could not be answered.")]
    private static partial void LogFault(ILogger logger, Exception fault, string method, string path);
}
