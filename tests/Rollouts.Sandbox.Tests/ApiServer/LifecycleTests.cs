using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer;

namespace Rollouts.Sandbox.Tests.ApiServer;

public sealed class LifecycleTests
{
    private static readonly ResourceKind Widgets = new("example.test", "v1", "widgets", "Widget", true);

    [Fact]
    public async Task What_has_owners_goes_when_the_last_of_them_has_gone()
    {
        await using ApiClient api = await ApiClient.StartAsync();
        JsonObject one = api.Cluster.Create(Kinds.ConfigMaps, ApiClient.ConfigMap("one"));
        JsonObject two = api.Cluster.Create(Kinds.ConfigMaps, ApiClient.ConfigMap("two"));
        api.Cluster.Create(Kinds.ConfigMaps, Owned("of-one", one));
        api.Cluster.Create(Kinds.ConfigMaps, Owned("of-both", one, two));

        api.Cluster.Delete(Kinds.ConfigMaps, "default", "one");

        (await DeletedAsync(api.Cluster, Kinds.ConfigMaps, "of-one")).Should().BeTrue();
        api.Cluster.Get(Kinds.ConfigMaps, "default", "of-both").Should().NotBeNull();

        api.Cluster.Delete(Kinds.ConfigMaps, "default", "two");
        (await DeletedAsync(api.Cluster, Kinds.ConfigMaps, "of-both")).Should().BeTrue();
    }

    [Fact]
    public async Task A_finalizer_holds_what_is_deleted_until_it_is_taken_away()
    {
        await using ApiClient api = await ApiClient.StartAsync();
        JsonObject held = ApiClient.ConfigMap("held");
        held["metadata"]!["finalizers"] = new JsonArray("example.test/held");
        api.Cluster.Create(Kinds.ConfigMaps, held);

        api.Cluster.Delete(Kinds.ConfigMaps, "default", "held").Should().BeTrue();
        JsonObject marked = api.Cluster.Get(Kinds.ConfigMaps, "default", "held")!;
        marked["metadata"]!["deletionTimestamp"].Should().NotBeNull();

        marked["metadata"]!.AsObject().Remove("finalizers");
        api.Cluster.Update(Kinds.ConfigMaps, marked);
        api.Cluster.Get(Kinds.ConfigMaps, "default", "held").Should().BeNull();
    }

    [Fact]
    public async Task A_namespace_takes_its_content_along_and_takes_nothing_new_meanwhile()
    {
        await using ApiClient api = await ApiClient.StartAsync();
        api.Cluster.Create(Kinds.Namespaces, Named("shop"));
        api.Cluster.Get(Kinds.ServiceAccounts, "shop", "default").Should().NotBeNull();
        JsonObject held = ApiClient.ConfigMap("held");
        held["metadata"]!["namespace"] = "shop";
        held["metadata"]!["finalizers"] = new JsonArray("example.test/held");
        held = api.Cluster.Create(Kinds.ConfigMaps, held);

        api.Cluster.Delete(Kinds.Namespaces, null, "shop");
        JsonObject late = ApiClient.ConfigMap("late");
        late["metadata"]!["namespace"] = "shop";
        FluentActions.Invoking(() => api.Cluster.Create(Kinds.ConfigMaps, late)).Should().Throw<ApiException>().Which.Code.Should().Be(403);

        await UntilAsync(api.Cluster, Kinds.ConfigMaps, e => e.Object["metadata"]!["name"]!.ToString() == "held"
            && e.Object["metadata"]!["deletionTimestamp"] is not null);
        held = api.Cluster.Get(Kinds.ConfigMaps, "shop", "held")!;
        held["metadata"]!.AsObject().Remove("finalizers");
        api.Cluster.Update(Kinds.ConfigMaps, held);
        (await DeletedAsync(api.Cluster, Kinds.Namespaces, "shop")).Should().BeTrue();
    }

    /// <summary>Controllers delete and create in a namespace until it is marked, and while it is emptied.</summary>
    [Fact]
    public async Task A_namespace_goes_whoever_else_deletes_and_creates_in_it_meanwhile()
    {
        await using ApiClient api = await ApiClient.StartAsync();
        for (int round = 0; round < 5; round++)
        {
            string ns = $"shop-{round}";
            api.Cluster.Create(Kinds.Namespaces, Named(ns));
            for (int number = 0; number < 200; number++)
                api.Cluster.Create(Kinds.ConfigMaps, In(ns, $"map-{number:000}"));
            using var begun = new CountdownEvent(2);
            Task deleting = Task.Run(() =>
            {
                begun.Signal();
                for (int number = 199; number >= 0; number--)
                    IsDone(() => api.Cluster.Delete(Kinds.ConfigMaps, ns, $"map-{number:000}"));
            });
            Task creating = Task.Run(() =>
            {
                begun.Signal();
                for (int number = 0; IsDone(() => api.Cluster.Create(Kinds.ConfigMaps, In(ns, $"new-{number}"))); number++)
                    Thread.Yield();
            });
            begun.Wait();
            api.Cluster.Delete(Kinds.Namespaces, null, ns);
            await Task.WhenAll(deleting, creating);

            (await DeletedAsync(api.Cluster, Kinds.Namespaces, ns)).Should().BeTrue();
        }
    }

    private static bool IsDone(Action write)
    {
        try
        {
            write();
            return true;
        }
        catch (ApiException refusal) when (refusal.Code is 403 or 404)
        {
            return false;
        }
    }

    private static JsonObject In(string ns, string name)
    {
        JsonObject map = ApiClient.ConfigMap(name);
        map["metadata"]!["namespace"] = ns;
        return map;
    }

    [Fact]
    public async Task A_custom_kind_is_served_as_soon_as_its_definition_is_made_and_no_longer_than_it_is_there()
    {
        await using ApiClient api = await ApiClient.StartAsync();
        FluentActions.Invoking(() => api.Cluster.List(Widgets)).Should().Throw<ApiException>().Which.Code.Should().Be(404);

        api.Cluster.Create(Kinds.CustomResourceDefinitions, Definition("Gadget"));
        api.Cluster.Create(Kinds.CustomResourceDefinitions, Definition("Widget"));
        JsonObject widget = api.Cluster.Create(Widgets, Widget("one", new JsonObject { ["size"] = 3, ["unknown"] = true }));
        JsonNode.DeepEquals(widget["spec"], new JsonObject { ["size"] = 3, ["colour"] = "blue" }).Should().BeTrue(widget.ToJsonString());
        FluentActions.Invoking(() => api.Cluster.Create(Widgets, Widget("two", new JsonObject { ["size"] = "large" })))
            .Should().Throw<ApiException>().Which.Causes.Should().ContainSingle().Which.Field.Should().Be("spec.size");

        api.Cluster.Delete(Kinds.CustomResourceDefinitions, null, "widgets.example.test");
        (await DeletedAsync(api.Cluster, Kinds.CustomResourceDefinitions, "widgets.example.test")).Should().BeTrue();
        FluentActions.Invoking(() => api.Cluster.List(Widgets)).Should().Throw<ApiException>().Which.Code.Should().Be(404);
        api.Cluster.List(Widgets with { Plural = "gadgets", Kind = "Gadget" }).Should().BeEmpty();
    }

    private static JsonObject Named(string name) => new() { ["metadata"] = new JsonObject { ["name"] = name } };

    private static JsonObject Owned(string name, params JsonObject[] owners)
    {
        JsonObject owned = ApiClient.ConfigMap(name);
        owned["metadata"]!["ownerReferences"] = new JsonArray([.. owners.Select(o => new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "ConfigMap",
            ["name"] = o["metadata"]!["name"]!.ToString(),
            ["uid"] = o["metadata"]!["uid"]!.ToString(),
        })]);
        return owned;
    }

    private static JsonObject Widget(string name, JsonObject spec) => new()
    {
        ["apiVersion"] = "example.test/v1",
        ["kind"] = "Widget",
        ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "default" },
        ["spec"] = spec,
    };

    private static JsonObject Definition(string kind) => (JsonObject)JsonNode.Parse($$"""
        {"metadata": {"name": "{{kind.ToLowerInvariant()}}s.example.test"},
         "spec": {"group": "example.test", "scope": "Namespaced", "names": {"plural": "{{kind.ToLowerInvariant()}}s", "kind": "{{kind}}"}, "versions": [
          {"name": "v1", "served": true, "storage": true, "schema": {"openAPIV3Schema": {"type": "object", "properties": {
           "spec": {"type": "object", "properties": {"size": {"type": "integer"}, "colour": {"type": "string", "default": "blue"} } } } } } } ] } }
        """)!;

    // Whoever watches sees the deletion, or the object is gone already when the watch begins with the others of its kind.
    private static async Task<bool> DeletedAsync(ICluster cluster, ResourceKind kind, string name)
    {
        string? ns = kind.Namespaced ? "default" : null;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await foreach (ClusterEvent happening in cluster.WatchAsync(kind, patience.Token))
        {
            if (cluster.Get(kind, ns, name) is null)
                return true;
            if (happening.Type == "DELETED" && happening.Object["metadata"]!["name"]!.ToString() == name)
                return true;
        }
        return false;
    }

    private static async Task UntilAsync(ICluster cluster, ResourceKind kind, Func<ClusterEvent, bool> wanted)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await foreach (ClusterEvent happening in cluster.WatchAsync(kind, patience.Token))
            if (wanted(happening))
                return;
    }
}
