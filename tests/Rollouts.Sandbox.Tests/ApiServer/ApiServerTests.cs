using System.Net;
using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer;

namespace Rollouts.Sandbox.Tests.ApiServer;

public sealed class ApiServerTests
{
    private const string ConfigMaps = "/api/v1/namespaces/default/configmaps";

    [Fact]
    public async Task A_stale_resource_version_is_a_conflict_and_none_is_no_precondition()
    {
        await using ApiClient api = await ApiClient.StartAsync();
        JsonObject created = api.Cluster.Create(Kinds.ConfigMaps, ApiClient.ConfigMap("a"));
        api.Cluster.Update(Kinds.ConfigMaps, ApiClient.ConfigMap("a", "2"));

        created["data"] = new JsonObject { ["value"] = "3" };
        var stale = await api.SendAsync(HttpMethod.Put, $"{ConfigMaps}/a", created);
        stale.Status.Should().Be(HttpStatusCode.Conflict);
        stale.Body["reason"]!.ToString().Should().Be("Conflict");

        var unconditional = await api.SendAsync(HttpMethod.Put, $"{ConfigMaps}/a", ApiClient.ConfigMap("a", "4"));
        unconditional.Status.Should().Be(HttpStatusCode.OK);
        api.Cluster.Get(Kinds.ConfigMaps, "default", "a")!["data"]!["value"]!.ToString().Should().Be("4");
    }

    [Fact]
    public async Task The_pages_of_a_list_show_one_state_though_it_changes_meanwhile()
    {
        await using ApiClient api = await ApiClient.StartAsync();
        foreach (string name in (string[])["a", "b", "c", "d"])
            api.Cluster.Create(Kinds.ConfigMaps, ApiClient.ConfigMap(name));

        JsonObject first = await api.GetAsync($"{ConfigMaps}?labelSelector=of%3Dtest&limit=2");
        api.Cluster.Delete(Kinds.ConfigMaps, "default", "c");
        api.Cluster.Create(Kinds.ConfigMaps, ApiClient.ConfigMap("e"));
        JsonObject second = await api.GetAsync($"{ConfigMaps}?labelSelector=of%3Dtest&limit=2&continue={first["metadata"]!["continue"]}");

        Names(first).Should().Equal("a", "b");
        Names(second).Should().Equal("c", "d");
        second["metadata"]!["continue"].Should().BeNull();
        second["metadata"]!["resourceVersion"]!.ToString().Should().Be(first["metadata"]!["resourceVersion"]!.ToString());
    }

    [Fact]
    public async Task A_continuation_older_than_the_history_is_gone_and_the_rest_can_be_had_as_it_is_now()
    {
        await using ApiClient api = await ApiClient.StartAsync(new ApiServerOptions { HistoryLength = 3 });
        foreach (string name in (string[])["a", "b", "z"])
            api.Cluster.Create(Kinds.ConfigMaps, ApiClient.ConfigMap(name));
        JsonObject first = await api.GetAsync($"{ConfigMaps}?limit=1");
        api.Cluster.Delete(Kinds.ConfigMaps, "default", "b");
        for (int i = 0; i < 5; i++)
            api.Cluster.Update(Kinds.ConfigMaps, ApiClient.ConfigMap("a", $"{i + 2}"));

        var second = await api.SendAsync(HttpMethod.Get, $"{ConfigMaps}?limit=1&continue={first["metadata"]!["continue"]}");

        second.Status.Should().Be(HttpStatusCode.Gone);
        second.Body["reason"]!.ToString().Should().Be("Expired");
        JsonObject rest = await api.GetAsync($"{ConfigMaps}?continue={second.Body["metadata"]!["continue"]}");
        rest["items"]!.AsArray().Select(i => i!["metadata"]!["name"]!.ToString()).Should().Contain("z").And.NotContain(["a", "b"]);
    }

    [Fact]
    public async Task A_watch_older_than_the_history_ends_with_one_error_of_code_410()
    {
        await using ApiClient api = await ApiClient.StartAsync(new ApiServerOptions { HistoryLength = 3 });
        string old = api.Cluster.Create(Kinds.ConfigMaps, ApiClient.ConfigMap("a"))["metadata"]!["resourceVersion"]!.ToString();
        for (int i = 0; i < 5; i++)
            api.Cluster.Update(Kinds.ConfigMaps, ApiClient.ConfigMap("a", $"{i + 2}"));

        List<JsonObject> events = [];
        await foreach (JsonObject line in api.WatchAsync($"{ConfigMaps}?watch=1&resourceVersion={old}"))
            events.Add(line);

        events.Should().ContainSingle();
        events[0]["type"]!.ToString().Should().Be("ERROR");
        ((int)events[0]["object"]!["code"]!).Should().Be(410);
    }

    [Fact]
    public async Task A_watch_with_a_selector_tells_of_leaving_the_selection_as_a_deletion_with_the_state_before()
    {
        await using ApiClient api = await ApiClient.StartAsync();
        string start = (await api.GetAsync(ConfigMaps))["metadata"]!["resourceVersion"]!.ToString();
        api.Cluster.Create(Kinds.ConfigMaps, ApiClient.ConfigMap("a"));
        JsonObject other = ApiClient.ConfigMap("a", "2");
        other["metadata"]!["labels"]!["of"] = "nobody";
        JsonObject left = api.Cluster.Update(Kinds.ConfigMaps, other);

        List<JsonObject> events = [];
        await foreach (JsonObject line in api.WatchAsync($"{ConfigMaps}?watch=1&labelSelector=of%3Dtest&resourceVersion={start}"))
        {
            events.Add(line);
            if (events.Count == 2)
                break;
        }

        events.Select(e => e["type"]!.ToString()).Should().Equal("ADDED", "DELETED");
        events[1]["object"]!["data"]!["value"]!.ToString().Should().Be("1");
        events[1]["object"]!["metadata"]!["resourceVersion"]!.ToString().Should().Be(left["metadata"]!["resourceVersion"]!.ToString());
    }

    [Fact]
    public async Task A_write_that_changes_nothing_keeps_the_resource_version()
    {
        await using ApiClient api = await ApiClient.StartAsync();
        JsonObject created = api.Cluster.Create(Kinds.ConfigMaps, ApiClient.ConfigMap("a"));

        JsonObject same = api.Cluster.Update(Kinds.ConfigMaps, ApiClient.ConfigMap("a"));
        JsonObject changed = api.Cluster.Update(Kinds.ConfigMaps, ApiClient.ConfigMap("a", "2"));

        same["metadata"]!["resourceVersion"]!.ToString().Should().Be(created["metadata"]!["resourceVersion"]!.ToString());
        changed["metadata"]!["resourceVersion"]!.ToString().Should().NotBe(created["metadata"]!["resourceVersion"]!.ToString());
    }

    [Fact]
    public async Task What_the_cluster_hands_out_is_the_callers_own_copy()
    {
        await using ApiClient api = await ApiClient.StartAsync();
        api.Cluster.Create(Kinds.ConfigMaps, ApiClient.ConfigMap("a"));

        api.Cluster.Get(Kinds.ConfigMaps, "default", "a")!["data"]!["value"] = "changed by the caller";

        api.Cluster.Get(Kinds.ConfigMaps, "default", "a")!["data"]!["value"]!.ToString().Should().Be("1");
    }

    [Fact]
    public async Task The_same_seed_makes_the_same_uids()
    {
        await using ApiClient one = await ApiClient.StartAsync(new ApiServerOptions { Seed = 7 });
        await using ApiClient same = await ApiClient.StartAsync(new ApiServerOptions { Seed = 7 });
        await using ApiClient other = await ApiClient.StartAsync(new ApiServerOptions { Seed = 8 });

        string Uid(ApiClient api) => api.Cluster.Create(Kinds.ConfigMaps, ApiClient.ConfigMap("a"))["metadata"]!["uid"]!.ToString();

        string uid = Uid(one);
        Uid(same).Should().Be(uid);
        Uid(other).Should().NotBe(uid);
    }

    private static IEnumerable<string> Names(JsonObject list) => list["items"]!.AsArray().Select(i => i!["metadata"]!["name"]!.ToString());
}
