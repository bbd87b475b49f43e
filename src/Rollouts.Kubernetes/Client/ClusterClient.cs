using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using k8s;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Rollouts.Kubernetes.Reading;
using Rollouts.Kubernetes.Timing;

namespace Rollouts.Kubernetes.Client;

/// <summary>
/// A cluster over HTTP. One instance serves the whole process (connections are shared). Besides the refusals of the server, a request
/// that got no answer is a <see cref="ClusterException"/> of code 0 with a reason of <see cref="ClusterReasons"/>.
/// </summary>
public sealed class ClusterClient : IClusterClient, IDisposable
{
    private readonly ClusterClientOptions _options;
    private readonly TimeProvider _time;
    private readonly Jitter _jitter;
    private readonly ClusterTransport _transport;

    public ClusterClient(
        KubernetesClientConfiguration configuration,
        ClusterClientOptions? options = null,
        TimeProvider? time = null,
        ILogger<ClusterClient>? logger = null)
    {
        Server = new Uri(configuration.Host);
        DefaultNamespace = string.IsNullOrWhiteSpace(configuration.Namespace) ? "default" : configuration.Namespace.Trim();
        _options = options ?? new ClusterClientOptions();
        _time = time ?? TimeProvider.System;
        _jitter = new Jitter(_options.Seed ?? Jitter.SeedOf(_time));
        _transport = new ClusterTransport(configuration, _options, _time, logger ?? NullLogger<ClusterClient>.Instance);
    }

    public Uri Server { get; }

    /// <summary>The namespace of the kubeconfig's context or of our own pod.</summary>
    public string DefaultNamespace { get; }

    public async Task<JsonObject?> GetAsync(ResourceType type, string? ns, string name, CancellationToken cancellation)
    {
        try
        {
            return await _transport.SendAsync(new ClusterRequest(HttpMethod.Get, ResourcePath.Of(type, ns, name)), cancellation);
        }
        catch (ClusterException exception) when (exception is { Code: 404, Reason: not ClusterReasons.UnknownResource })
        {
            return null;
        }
    }

    public async Task<ResourceList> ListAsync(ResourceType type, string? ns, string? labelSelector, CancellationToken cancellation)
    {
        try
        {
            return await ListAsync(type, ns, labelSelector, _options.PageSize, cancellation);
        }
        catch (ClusterException exception) when (exception.Code == (int)HttpStatusCode.Gone)
        {
            // The snapshot behind the pages was compacted before the last one was read. Once more in pages could end the same way
            // for ever on a large, slow list; as client-go does, the second try is one whole list.
            return await ListAsync(type, ns, labelSelector, null, cancellation);
        }
    }

    public async IAsyncEnumerable<WatchEvent> WatchAsync(
        ResourceType type,
        string? ns,
        string? labelSelector,
        string resourceVersion,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var seconds = (int)_jitter.Between(_options.ShortestWatch, _options.LongestWatch).TotalSeconds;
        var address = ResourcePath.WithQuery(
            ResourcePath.Of(type, ns),
            ("watch", "true"),
            ("allowWatchBookmarks", "true"),
            ("resourceVersion", resourceVersion),
            ("timeoutSeconds", seconds.ToString(CultureInfo.InvariantCulture)),
            ("labelSelector", labelSelector));
        using var response = await _transport.OpenAsync(new ClusterRequest(HttpMethod.Get, address), cancellation);
        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        await using var events = new WatchStream(body, _options.WatchSilence, _time);
        while (await events.NextAsync(cancellation) is { } watchEvent)
            yield return watchEvent;
    }

    public Task<JsonObject> CreateAsync(ResourceType type, JsonObject obj, CancellationToken cancellation) =>
        _transport.SendAsync(new ClusterRequest(HttpMethod.Post, ForWrite(ResourcePath.Of(type, NamespaceOf(type, obj))), obj), cancellation);

    public Task<JsonObject> ReplaceAsync(ResourceType type, JsonObject obj, string? subresource, CancellationToken cancellation) =>
        _transport.SendAsync(
            new ClusterRequest(HttpMethod.Put, ForWrite(ResourcePath.Of(type, obj.Namespace, obj.Name, subresource)), obj),
            cancellation);

    public Task<JsonObject> PatchAsync(ResourceType type, ResourceKey key, ObjectPatch patch, string? subresource, CancellationToken cancellation)
    {
        var address = ForWrite(ResourcePath.Of(type, key.Namespace, key.Name, subresource));
        return _transport.SendAsync(new ClusterRequest(HttpMethod.Patch, address, patch.Body, ContentTypeOf(patch.Kind)), cancellation);
    }

    public async Task<bool> DeleteAsync(ResourceType type, ResourceKey key, string? uid, CancellationToken cancellation)
    {
        var options = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "DeleteOptions", ["propagationPolicy"] = "Background" };
        if (uid is not null)
            options["preconditions"] = new JsonObject { ["uid"] = uid };
        try
        {
            await _transport.SendAsync(new ClusterRequest(HttpMethod.Delete, ResourcePath.Of(type, key.Namespace, key.Name), options), cancellation);
            return true;
        }
        catch (ClusterException exception) when (exception is { Code: 404, Reason: not ClusterReasons.UnknownResource })
        {
            return false;
        }
    }

    public void Dispose() => _transport.Dispose();

    private async Task<ResourceList> ListAsync(ResourceType type, string? ns, string? labelSelector, int? pageSize, CancellationToken cancellation)
    {
        var items = new List<JsonObject>();
        string? next = null;
        while (true)
        {
            var address = ResourcePath.WithQuery(
                ResourcePath.Of(type, ns),
                ("limit", pageSize?.ToString(CultureInfo.InvariantCulture)),
                ("continue", next),
                ("labelSelector", labelSelector));
            var page = await _transport.SendAsync(new ClusterRequest(HttpMethod.Get, address), cancellation);
            items.AddRange(ItemsOf(page, type));
            next = page.Text("metadata", "continue");
            if (string.IsNullOrEmpty(next))
                return new ResourceList(items, page.Text("metadata", "resourceVersion") ?? "");
        }
    }

    /// <summary>The items, each its own tree. Items of built-in kinds lack apiVersion and kind, which the same object in a watch has.</summary>
    private static IEnumerable<JsonObject> ItemsOf(JsonObject page, ResourceType type)
    {
        if (page["items"] is not JsonArray items)
            yield break;
        var objects = items.OfType<JsonObject>().ToList();
        items.Clear();
        foreach (var obj in objects)
        {
            obj["apiVersion"] ??= type.ApiVersion;
            obj["kind"] ??= type.Kind;
            yield return obj;
        }
    }

    private static string? NamespaceOf(ResourceType type, JsonObject obj) =>
        type.Namespaced && obj.Namespace.Length == 0
            ? throw new ArgumentException($"{type} {obj.Name} needs a namespace", nameof(obj))
            : obj.Namespace;

    private string ForWrite(string path) => ResourcePath.WithQuery(path, ("fieldManager", _options.FieldManager));

    private static string ContentTypeOf(PatchKind kind) => kind switch
    {
        PatchKind.Json => "application/json-patch+json",
        PatchKind.Merge => "application/merge-patch+json",
        PatchKind.Strategic => "application/strategic-merge-patch+json",
    };
}
