using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.ApiServer.Selecting;
using Rollouts.Sandbox.ApiServer.Storage;
using Rollouts.Sandbox.ApiServer.Writing;

namespace Rollouts.Sandbox.ApiServer.Http;

/// <summary>Streams of changes: one JSON document a line until the time is up, the caller leaves or the server stops.</summary>
internal sealed class Watches(Cluster cluster, CancellationToken stopping)
{
    private static readonly TimeSpan LongestWatch = TimeSpan.FromMinutes(45);
    private static readonly TimeSpan BookmarkPeriod = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LastBookmark = TimeSpan.FromSeconds(2);

    public async Task AnswerAsync(HttpContext context, ResourcePath path)
    {
        HttpRequest request = context.Request;
        Representation representation = Representation.Of(request);
        Selection selection = request.Selection(path);
        if (path.Name is { } name)
            selection = selection with { Fields = FieldSelector.Parse($"metadata.name={name}", path.Definition) };
        ListRules.Check(request);
        long? revision = request.Revision();
        TimeSpan length = request.Number("timeoutSeconds") is { } seconds and > 0 ? TimeSpan.FromSeconds(seconds) : LongestWatch;
        bool bookmarks = request.Flag("allowWatchBookmarks");

        using Subscription? subscription = cluster.Store.Subscribe(path.Definition.Shelf, revision is null or 0 ? null : revision);
        context.Response.ContentType = "application/json";
        var stream = new EventStream(context, representation, path);
        if (subscription is null)
        {
            await stream.SendErrorAsync(Refusals.Expired($"too old resource version: {revision} ({cluster.Store.Revision})"));
            return;
        }
        await stream.OpenAsync();
        if (revision is null or 0)
            foreach (JsonObject there in subscription.Start.Objects.Values.Where(selection.Matches))
                await stream.SendAsync("ADDED", Codec.Encode(path.Definition, path.Version, there));

        using var end = new CancellationTokenSource(length, cluster.Time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(end.Token, context.RequestAborted, stopping);
        try
        {
            await FollowAsync(stream, subscription, path, selection, bookmarks ? length : null, ended.Token);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            // The time that the caller gave is up, or the server stops: the stream ends as if all had been said.
        }
    }

    private async Task FollowAsync(
        EventStream stream, Subscription subscription, ResourcePath path, Selection selection, TimeSpan? bookmarksFor, CancellationToken ended)
    {
        DateTimeOffset began = cluster.Time.GetUtcNow(), next = began + BookmarkPeriod;
        DateTimeOffset? last = bookmarksFor is { } length && length > LastBookmark ? began + length - LastBookmark : null;
        if (last < next)
            next = last.Value;
        while (true)
        {
            long upTo = cluster.Store.Revision;
            while (subscription.Changes.TryRead(out Change? change))
                await TellAsync(stream, change, path, selection);
            DateTimeOffset now = cluster.Time.GetUtcNow();
            if (bookmarksFor is not null && now >= next)
            {
                await stream.SendBookmarkAsync(upTo);
                next = last > now && last < now + BookmarkPeriod ? last.Value : now + BookmarkPeriod;
            }
            using var pause = CancellationTokenSource.CreateLinkedTokenSource(ended);
            Task<bool> more = subscription.Changes.WaitToReadAsync(pause.Token).AsTask();
            if (bookmarksFor is null)
            {
                if (!await more)
                    return;
                continue;
            }
            TimeSpan untilNext = next > now ? next - now : TimeSpan.Zero;
            Task waited = await Task.WhenAny(more, Task.Delay(untilNext, cluster.Time, pause.Token));
            if (waited == more && !await more)
                return;
            ended.ThrowIfCancellationRequested();
            await pause.CancelAsync();
        }
    }

    // Leaving the selection is a DELETED with the state before and the revision of the write that took it out.
    private static async Task TellAsync(EventStream stream, Change change, ResourcePath path, Selection selection)
    {
        bool before = change.Before is not null && selection.Matches(change.Before);
        bool after = change.After is not null && selection.Matches(change.After);
        if (!before && !after)
            return;
        JsonObject obj = Codec.Encode(path.Definition, path.Version, after ? change.After! : change.Before!);
        obj.Metadata()["resourceVersion"] = $"{change.Revision}";
        await stream.SendAsync(!before ? "ADDED" : after ? "MODIFIED" : "DELETED", obj);
    }
}
