using System.Text.Json.Nodes;
using Rollouts.Model.Status;
using Rollouts.Sandbox.ApiServer;

namespace Rollouts.Controller.Tests.World;

/// <summary>One namespace of a cluster, as a person sees and changes it.</summary>
internal class TestNamespace(ICluster api, string ns)
{
    public static readonly ResourceKind Canaries = new("rollouts.dev", "v1beta1", "canaries", "Canary", true);
    public static readonly ResourceKind VirtualServices = new("networking.istio.io", "v1beta1", "virtualservices", "VirtualService", true);

    public static readonly ResourceKind DestinationRules = new("networking.istio.io", "v1beta1", "destinationrules", "DestinationRule", true);

    public ICluster Api => api;

    public string Namespace => ns;

    public JsonObject Create(ResourceKind kind, JsonObject manifest)
    {
        manifest["metadata"]!["namespace"] = ns;
        return Api.Create(kind, manifest);
    }

    public JsonObject? Get(ResourceKind kind, string name) => Api.Get(kind, ns, name);

    public CanaryStatus Status(string name = "podinfo") => CanaryStatus.Parse(Get(Canaries, name)?["status"]);

    public int? Weight() => WeightOf(Get(VirtualServices, "podinfo"));

    /// <summary>The candidate's weight in a VirtualService; null where it is not in it.</summary>
    public static int? WeightOf(JsonObject? route) =>
        (int?)route?["spec"]?["http"]?.AsArray().SelectMany(rule => rule?["route"]?.AsArray() ?? [])
            .FirstOrDefault(entry => (string?)entry?["destination"]?["host"] == "podinfo-canary")?["weight"];

    public int Replicas(string deployment) => (int?)Get(Kinds.Deployments, deployment)?["spec"]?["replicas"] ?? -1;

    public string Image(string deployment) => Manifests.ImageOf(Get(Kinds.Deployments, deployment)) ?? "";

    public string? Selects(string service) => (string?)Get(Kinds.Services, service)?["spec"]?["selector"]?["app"];

    public void SetImage(string image, string outcome = "ready", ResourceKind? kind = null) => Change(kind ?? Kinds.Deployments, "podinfo", target =>
    {
        var template = target["spec"]!["template"]!;
        template["spec"]!["containers"]![0]!["image"] = image;
        template["metadata"]!["annotations"] = outcome == "ready" ? null : new JsonObject { ["fake-kubelet/outcome"] = outcome };
    });

    public void Annotate(string annotation, string value) => Change(Canaries, "podinfo", canary =>
    {
        if (canary["metadata"]!["annotations"] is not JsonObject annotations)
            canary["metadata"]!["annotations"] = annotations = [];
        annotations[annotation] = value;
    });

    /// <summary>Only where it is not there yet.</summary>
    public void AnnotateOnce(string annotation, string value)
    {
        if (Get(Canaries, "podinfo")?["metadata"]?["annotations"]?[annotation] is null)
            Annotate(annotation, value);
    }

    /// <summary>Read, change, write, and again where somebody else wrote in between.</summary>
    public void Change(ResourceKind kind, string name, Action<JsonObject> change)
    {
        while (true)
        {
            var obj = Get(kind, name) ?? throw new InvalidOperationException($"There is no {kind} {name}.");
            change(obj);
            try
            {
                Api.Update(kind, obj);
                return;
            }
            catch (ApiException refusal) when (refusal.Code == 409)
            {
                // Looked at again.
            }
        }
    }

    public Task<CanaryStatus> WaitForAsync(Phase phase) => WaitAsync(status => status.Phase == phase, $"phase {phase}");

    public async Task<CanaryStatus> WaitAsync(Func<CanaryStatus, bool> wish, string what, string name = "podinfo") =>
        CanaryStatus.Parse((await WaitForAsync(Canaries, name, canary => canary is not null && wish(CanaryStatus.Parse(canary["status"])), what))?["status"]);

    /// <summary>Waits by watching until the namespace is gone.</summary>
    public async Task GoneAsync()
    {
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            await foreach (var change in Api.WatchAsync(Kinds.Namespaces, end.Token))
            {
                if (Api.Get(Kinds.Namespaces, null, ns) is null)
                    return;
            }
        }
        catch (OperationCanceledException)
        {
            // Said below.
        }
        throw new TimeoutException($"The namespace {ns} never went: {Api.Get(Kinds.Namespaces, null, ns)?.ToJsonString()}");
    }

    /// <summary>Waits by watching until some object of the kind in this namespace is as wished.</summary>
    public async Task WaitForAsync(ResourceKind kind, Func<JsonObject, bool> wish, string what)
    {
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            await foreach (var change in Api.WatchAsync(kind, end.Token))
            {
                if ((string?)change.Object["metadata"]?["namespace"] == ns && change.Type != "DELETED" && wish(change.Object))
                    return;
            }
        }
        catch (OperationCanceledException)
        {
            // Said below.
        }
        throw new TimeoutException($"There never was in {ns}: {what}");
    }

    /// <summary>Waits by watching until the object is as wished (null: it is gone), and fails with its last state after a minute.</summary>
    public async Task<JsonObject?> WaitForAsync(ResourceKind kind, string name, Func<JsonObject?, bool> wish, string what)
    {
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        JsonObject? last = null;
        try
        {
            await foreach (var change in Api.WatchAsync(kind, end.Token))
            {
                if ((string?)change.Object["metadata"]?["name"] != name || (string?)change.Object["metadata"]?["namespace"] != ns)
                    continue;
                last = change.Type == "DELETED" ? null : change.Object;
                if (wish(last))
                    return last;
            }
        }
        catch (OperationCanceledException)
        {
            // Said below, with what was seen last.
        }
        throw new TimeoutException($"{kind} {ns}/{name} never came to: {what}. Last: {last?.ToJsonString() ?? "gone"}");
    }
}
