using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Rollouts.Sandbox.ApiServer.Catalog;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.ApiServer.Selecting;
using Rollouts.Sandbox.ApiServer.Storage;
using Rollouts.Sandbox.ApiServer.Writing;

namespace Rollouts.Sandbox.ApiServer.Http;

/// <summary>GET of one object and of lists.</summary>
internal sealed class Reads(Cluster cluster, CancellationToken stopping)
{
    private static readonly TimeSpan FutureWait = TimeSpan.FromSeconds(3);

    private readonly Watches watches = new(cluster, stopping);

    public async Task GetAsync(HttpContext context, ResourcePath path)
    {
        Representation representation = Representation.Of(context.Request, subject: new StatusSubject());
        await AwaitRevisionAsync(context, context.Request.Revision());
        JsonObject stored = cluster.Store.Get(path.Definition.Shelf, ObjectMeta.Key(path.Namespace, path.Name!)) ?? throw NotFound(path);
        JsonObject obj = path.Subresource == "scale"
            ? Scale.Of(path.Definition, stored)
            : Codec.Encode(path.Definition, path.Version, stored);
        await context.Response.WriteAsync(Rendering.One(representation, path, obj, context.Request), representation);
    }

    public async Task ListAsync(HttpContext context, ResourcePath path)
    {
        HttpRequest request = context.Request;
        if (path.Watching || request.Flag("watch"))
        {
            await watches.AnswerAsync(context, path);
            return;
        }
        Representation representation = Representation.Of(request, list: true);
        Selection selection = request.Selection(path);
        ListQuery query = ListQuery.Of(request);
        if (!query.Exact)
            await AwaitRevisionAsync(context, query.Revision);
        Page page = Read(path, selection, query);
        await context.Response.WriteAsync(Rendering.Many(representation, path, page, request), representation);
    }

    private Page Read(ResourcePath path, Selection selection, ListQuery query)
    {
        long? at = query.Continue is not { } begun ? query.Exact ? query.Revision : null
            : begun.Revision == ContinueToken.Newest ? null
            : begun.Revision;
        ShelfKey shelf = path.Definition.Shelf;
        Snapshot snapshot = at is null ? cluster.Store.Read(shelf)
            : cluster.Store.ReadAt(shelf, at.Value) ?? throw TooOld(query.Continue);
        IEnumerable<JsonObject> rest = query.Continue is { Start: var start }
            ? snapshot.Objects.Where(o => string.CompareOrdinal(o.Key, start) > 0).Select(o => o.Value)
            : snapshot.Objects.Values;
        List<JsonObject> matching = [.. rest.Where(selection.Matches)];
        List<JsonObject> shown = query.Limit is { } limit and > 0 && limit < matching.Count ? matching[..(int)limit] : matching;
        bool more = shown.Count < matching.Count;
        return new Page(
            snapshot.Revision,
            [.. shown.Select(o => Codec.Encode(path.Definition, path.Version, o))],
            more ? new ContinueToken(snapshot.Revision, shown[^1].Key()) : null,
            more && !query.Selecting ? matching.Count - shown.Count : null);
    }

    // Who does not mind that the rest shows another state than the pages before gets a token for that.
    private static ApiException TooOld(ContinueToken? token) => token is null
        ? Refusals.Expired("The resourceVersion for the provided list is too old.")
        : new ApiException(410, "Expired", "The provided continue parameter is too old to display a consistent list result. "
            + "You can start a new list without the continue parameter, or use the token of this answer for the rest as it is now.")
        {
            Continue = $"{token with { Revision = ContinueToken.Newest }}",
        };

    // A client that was told of a revision by another server waits for this one to reach it.
    private async Task AwaitRevisionAsync(HttpContext context, long? revision)
    {
        if (revision is null || revision <= cluster.Store.Revision)
            return;
        await Task.Delay(FutureWait, cluster.Time, context.RequestAborted);
        if (revision > cluster.Store.Revision)
            throw new ApiException(504, "Timeout", $"Timeout: Too large resource version: {revision}, current: {cluster.Store.Revision}",
                [new StatusCause("ResourceVersionTooLarge", "Too large resource version", "")])
            {
                Subject = new StatusSubject(),
                RetryAfter = 1,
            };
    }

    private static ApiException NotFound(ResourcePath path)
    {
        ResourceKind kind = path.Definition.Kind;
        return Refusals.NotFound(path.Subresource == "scale" ? kind with { Plural = kind.Plural + "/scale" } : kind, path.Name!);
    }
}
