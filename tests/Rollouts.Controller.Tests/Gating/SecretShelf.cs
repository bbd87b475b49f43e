using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using Rollouts.Controller.Gating;
using Rollouts.Kubernetes;
using Rollouts.Kubernetes.Client;

namespace Rollouts.Controller.Tests.Gating;

/// <summary>A cluster of which nothing but Secrets may be asked, one at a time.</summary>
internal sealed class SecretShelf : IClusterClient
{
    private readonly Dictionary<(string Namespace, string Name), JsonObject> secrets = [];

    public ClusterException? Refusal { get; set; }

    /// <summary>A Secret that is labelled to be sent.</summary>
    public void Put(string ns, string name, params (string Key, string Value)[] data)
    {
        PutUnlabelled(ns, name, data);
        secrets[(ns, name)]["metadata"] = new JsonObject { ["labels"] = new JsonObject { [HookSecrets.Label] = "true" } };
    }

    public void PutUnlabelled(string ns, string name, params (string Key, string Value)[] data) => secrets[(ns, name)] = new JsonObject
    {
        ["data"] = new JsonObject(data.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)Convert.ToBase64String(Encoding.UTF8.GetBytes(entry.Value))))),
    };

    public Task<JsonObject?> GetAsync(ResourceType type, string? ns, string name, CancellationToken cancellation) =>
        Refusal is { } refusal ? throw refusal
        : type == ClusterKinds.Secrets ? Task.FromResult(secrets.GetValueOrDefault((ns ?? "", name)))
        : throw Unasked();

    public Task<ResourceList> ListAsync(ResourceType type, string? ns, string? labelSelector, CancellationToken cancellation) => throw Unasked();

    public IAsyncEnumerable<WatchEvent> WatchAsync(ResourceType type, string? ns, string? labelSelector, string resourceVersion, CancellationToken cancellation) => throw Unasked();

    public Task<JsonObject> CreateAsync(ResourceType type, JsonObject obj, CancellationToken cancellation) => throw Unasked();

    public Task<JsonObject> ReplaceAsync(ResourceType type, JsonObject obj, string? subresource, CancellationToken cancellation) => throw Unasked();

    public Task<JsonObject> PatchAsync(ResourceType type, ResourceKey key, ObjectPatch patch, string? subresource, CancellationToken cancellation) => throw Unasked();

    public Task<bool> DeleteAsync(ResourceType type, ResourceKey key, string? uid, CancellationToken cancellation) => throw Unasked();

    private static NotSupportedException Unasked([CallerMemberName] string verb = "") => new($"{verb} is not for webhooks.");
}
