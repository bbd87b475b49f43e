using System.Globalization;
using System.Text.RegularExpressions;
using Rollouts.Kubernetes.Client;
using Rollouts.Kubernetes.Reading;
using Rollouts.Kubernetes.Tests.Doubles;
using static Rollouts.Kubernetes.Tests.Doubles.Objects;

namespace Rollouts.Kubernetes.Tests.Client;

public class WatchTests
{
    [Fact]
    public async Task Events_arrive_in_order_and_the_watch_ends_with_the_stream()
    {
        await using var server = await ScriptedServer.StartAsync(Answers.Stream(
        [
            Line("ADDED", ConfigMap("a", 11)),
            Line("MODIFIED", ConfigMap("a", 12)),
            "\n",
            Line("DELETED", ConfigMap("a", 13)),
            BookmarkLine(20),
        ]));
        using var client = server.Client();

        var events = await client.WatchAsync(ConfigMaps, "shop", null, "10", default).ToListAsync();

        events.Select(e => (e.Type, e.Object.ResourceVersion)).Should().Equal(
            (WatchEventType.Added, "11"),
            (WatchEventType.Modified, "12"),
            (WatchEventType.Deleted, "13"),
            (WatchEventType.Bookmark, "20"));
        events[0].Object.Parent.Should().BeNull();
    }

    [Fact]
    public async Task A_watch_asks_for_bookmarks_and_for_an_end_in_five_to_nine_minutes()
    {
        await using var server = await ScriptedServer.StartAsync(Answers.Stream([]), Answers.Stream([]));
        using var client = server.Client(new ClusterClientOptions { Seed = 1 });

        await client.WatchAsync(ConfigMaps, null, null, "10", default).ToListAsync();
        await client.WatchAsync(ConfigMaps, null, null, "10", default).ToListAsync();

        var targets = server.Requests.Select(request => request.Target).ToList();
        targets.Should().AllSatisfy(target => target.Should().StartWith("/api/v1/configmaps?watch=true&allowWatchBookmarks=true&resourceVersion=10&"));
        var seconds = targets.Select(target => int.Parse(Regex.Match(target, "timeoutSeconds=(\\d+)").Groups[1].Value, CultureInfo.InvariantCulture)).ToList();
        seconds.Should().AllSatisfy(value => value.Should().BeInRange(300, 540)).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task An_event_split_over_many_packets_is_one_event()
    {
        var line = Line("ADDED", ConfigMap("a", 11, text: new string('ü', 20_000)));
        await using var server = await ScriptedServer.StartAsync(async context =>
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes(line);
            foreach (var chunk in bytes.Chunk(777))
            {
                await context.Response.Body.WriteAsync(chunk);
                await context.Response.Body.FlushAsync();
            }
        });
        using var client = server.Client();

        var events = await client.WatchAsync(ConfigMaps, "shop", null, "10", default).ToListAsync();

        events.Single().Object.Text("data", "text").Should().HaveLength(20_000);
    }

    [Fact]
    public async Task An_expired_version_is_a_410_in_the_stream_and_as_a_status()
    {
        await using var server = await ScriptedServer.StartAsync(
            Answers.Stream([Line("ADDED", ConfigMap("a", 11)), ErrorLine(410, "Expired")]),
            Answers.Status(410, "Expired"));
        using var client = server.Client();
        var seen = new List<WatchEvent>();

        (await FailureOfAsync(client, seen)).Code.Should().Be(410);
        (await FailureOfAsync(client, seen)).Code.Should().Be(410);

        seen.Should().ContainSingle();
    }

    [Theory]
    [InlineData("{\"type\":\"ADDED\",\"object\":\"text\"}\n")]
    [InlineData("{\"type\":\"INVENTED\",\"object\":{}}\n")]
    [InlineData("{\"type\":\"ADDED\",\"obj\n")]
    [InlineData("[]\n")]
    [InlineData("no json\n")]
    public async Task What_cannot_be_read_is_never_skipped(string line)
    {
        await using var server = await ScriptedServer.StartAsync(
            Answers.Stream([Line("ADDED", ConfigMap("a", 11)), line, Line("ADDED", ConfigMap("b", 12))]));
        using var client = server.Client();
        var seen = new List<WatchEvent>();

        (await FailureOfAsync(client, seen)).Reason.Should().Be(ClusterReasons.Undecodable);

        seen.Select(e => e.Object.Name).Should().Equal("a");
    }

    [Fact]
    public async Task A_connection_that_breaks_within_an_event_is_unreachable_after_the_whole_events()
    {
        var half = Line("MODIFIED", ConfigMap("a", 12))[..40];
        await using var server = await ScriptedServer.StartAsync(
            Answers.Stream([Line("ADDED", ConfigMap("a", 11)), half], Answers.Reset),
            Answers.Stream([Line("ADDED", ConfigMap("a", 11)), half]));
        using var client = server.Client();
        var seen = new List<WatchEvent>();

        (await FailureOfAsync(client, seen)).Reason.Should().Be(ClusterReasons.Unreachable);
        (await FailureOfAsync(client, seen)).Reason.Should().Be(ClusterReasons.Unreachable);

        seen.Should().AllSatisfy(e => e.Object.ResourceVersion.Should().Be("11"));
    }

    [Fact]
    public async Task A_watch_that_falls_silent_is_given_up()
    {
        var time = new WatchedTime();
        await using var server = await ScriptedServer.StartAsync(Answers.Stream([Line("ADDED", ConfigMap("a", 11))], Answers.Silence));
        using var client = server.Client(time: time);
        var seen = new List<WatchEvent>();

        var failure = FailureOfAsync(client, seen);
        var silence = TimeSpan.FromSeconds(150);
        await time.BegunAsync(due => due == silence);
        await time.BegunAsync(due => due == silence);
        seen.Should().ContainSingle("the second silence begins after the first event");
        time.Advance(silence - TimeSpan.FromSeconds(1));
        failure.IsCompleted.Should().BeFalse();
        time.Advance(TimeSpan.FromSeconds(1));

        (await failure).Reason.Should().Be(ClusterReasons.Silent);
    }

    [Fact]
    public async Task Leaving_a_watch_frees_its_connection_at_once()
    {
        var gone = new TaskCompletionSource();
        await using var server = await ScriptedServer.StartAsync(
            Answers.Stream([Line("ADDED", ConfigMap("a", 11)), Line("ADDED", ConfigMap("b", 12))], async context =>
            {
                await Answers.Silence(context);
                gone.SetResult();
            }));
        using var client = server.Client();

        await foreach (var first in client.WatchAsync(ConfigMaps, "shop", null, "10", default))
        {
            first.Object.Name.Should().Be("a");
            break;
        }

        await gone.Task.WaitAsync(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_cancelled_watch_throws_that_it_was_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        await using var server = await ScriptedServer.StartAsync(Answers.Stream([Line("ADDED", ConfigMap("a", 11))], Answers.Silence));
        using var client = server.Client();

        var watch = async () =>
        {
            await foreach (var _ in client.WatchAsync(ConfigMaps, "shop", null, "10", cancellation.Token))
                await cancellation.CancelAsync();
        };

        await watch.Should().ThrowAsync<OperationCanceledException>();
    }

    private static async Task<ClusterException> FailureOfAsync(ClusterClient client, List<WatchEvent> seen)
    {
        var watch = async () =>
        {
            await foreach (var watchEvent in client.WatchAsync(ConfigMaps, "shop", null, "10", default))
                seen.Add(watchEvent);
        };
        return (await watch.Should().ThrowAsync<ClusterException>()).Which;
    }
}
