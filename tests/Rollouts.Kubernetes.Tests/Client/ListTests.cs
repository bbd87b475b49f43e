using Rollouts.Kubernetes.Client;
using Rollouts.Kubernetes.Reading;
using Rollouts.Kubernetes.Tests.Doubles;
using static Rollouts.Kubernetes.Tests.Doubles.Objects;

namespace Rollouts.Kubernetes.Tests.Client;

public class ListTests
{
    [Fact]
    public async Task Pages_are_collected_into_one_list()
    {
        await using var server = await ScriptedServer.StartAsync(
            Answers.Json(List(10, "tok/1=", ConfigMap("a", 1), ConfigMap("b", 2))),
            Answers.Json(List(10, null, ConfigMap("c", 3))));
        using var client = server.Client();

        var list = await client.ListAsync(ConfigMaps, null, "app=web,tier in (a,b)", default);

        list.Items.Select(item => item.Name).Should().Equal("a", "b", "c");
        list.ResourceVersion.Should().Be("10");
        server.Requests.Select(request => request.Target).Should().Equal(
            "/api/v1/configmaps?limit=500&labelSelector=app%3Dweb%2Ctier%20in%20%28a%2Cb%29",
            "/api/v1/configmaps?limit=500&continue=tok%2F1%3D&labelSelector=app%3Dweb%2Ctier%20in%20%28a%2Cb%29");
    }

    [Fact]
    public async Task Pages_that_expire_half_way_are_read_again_as_one_list()
    {
        await using var server = await ScriptedServer.StartAsync(
            Answers.Json(List(10, "next", ConfigMap("gone", 1))),
            Answers.Status(410, "Expired"),
            Answers.Json(List(20, null, ConfigMap("a", 11))));
        using var client = server.Client();

        var list = await client.ListAsync(ConfigMaps, "shop", null, default);

        list.Items.Select(item => item.Name).Should().Equal("a");
        list.ResourceVersion.Should().Be("20");
        server.Requests.Last().Target.Should().Be("/api/v1/namespaces/shop/configmaps");
    }

    [Fact]
    public async Task A_list_that_stays_expired_is_the_callers_trouble()
    {
        await using var server = await ScriptedServer.StartAsync(Answers.Status(410, "Expired"), Answers.Status(410, "Expired"));
        using var client = server.Client();

        var list = () => client.ListAsync(ConfigMaps, "shop", null, default);

        (await list.Should().ThrowAsync<ClusterException>()).Which.Code.Should().Be(410);
    }

    [Fact]
    public async Task Items_get_the_kind_that_lists_leave_out()
    {
        var bare = ConfigMap("a", 1);
        bare.Remove("apiVersion");
        bare.Remove("kind");
        await using var server = await ScriptedServer.StartAsync(Answers.Json(List(1, null, bare)));
        using var client = server.Client();

        var item = (await client.ListAsync(ConfigMaps, "shop", null, default)).Items.Single();

        (item.Text("apiVersion"), item.Text("kind")).Should().Be(("v1", "ConfigMap"));
        item.Parent.Should().BeNull();
    }
}
