using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.ApiServer.Http;

/// <summary>Tokens of service accounts. They open nothing that is not open anyway, as there is no authentication here.</summary>
internal sealed class TokenDoor(Cluster cluster)
{
    private const long Default = 3600, Least = 600;

    private static readonly ResourceKind Requests = new("authentication.k8s.io", "v1", "", "TokenRequest", true);

    public async Task IssueAsync(HttpContext context, ResourcePath path)
    {
        JsonObject asked = await context.Request.ReadObjectAsync([]);
        if (cluster.Store.Get(path.Definition.Shelf, ObjectMeta.Key(path.Namespace, path.Name!)) is null)
            throw Refusals.NotFound(path.Kind, path.Name!);
        long seconds = asked.NumberAt("spec", "expirationSeconds") ?? Default;
        if (seconds < Least)
            throw Refusals.Invalid(Requests, "", "FieldValueInvalid", "spec.expirationSeconds",
                $"Invalid value: {seconds}: may not specify a duration less than 10 minutes");
        await context.Response.WriteAsync(201, new JsonObject
        {
            ["kind"] = Requests.Kind,
            ["apiVersion"] = Requests.ApiVersion,
            ["metadata"] = new JsonObject { ["name"] = path.Name, ["namespace"] = path.Namespace, ["creationTimestamp"] = cluster.Time.Timestamp() },
            ["spec"] = new JsonObject
            {
                ["audiences"] = asked.ArrayAt("spec", "audiences")?.DeepClone() ?? new JsonArray("https://kubernetes.default.svc"),
                ["expirationSeconds"] = seconds,
                ["boundObjectRef"] = asked.At("spec", "boundObjectRef")?.DeepClone(),
            },
            ["status"] = new JsonObject
            {
                ["token"] = $"sandbox.{path.Namespace}.{path.Name}",
                ["expirationTimestamp"] = (cluster.Time.GetUtcNow() + TimeSpan.FromSeconds(seconds)).Timestamp(),
            },
        });
    }
}
