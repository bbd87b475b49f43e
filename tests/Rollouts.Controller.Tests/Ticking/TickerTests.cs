using k8s;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Quartz;
using Rollouts.Controller.Serving;
using Rollouts.Controller.Ticking;
using Rollouts.Kubernetes;
using Rollouts.Kubernetes.Client;
using Rollouts.Kubernetes.Queueing;

namespace Rollouts.Controller.Tests.Ticking;

public sealed class TickerTests
{
    private static readonly ResourceKey Key = new("shop", "podinfo");

    /// <summary>Quartz takes what is over five seconds late for missed and asks the trigger for a new time, which has to be one of the same clock.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    public async Task A_tick_that_is_late_comes_at_once(int secondsLate)
    {
        // Ahead of the machine's clock, as a quick one is in a test.
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow.AddHours(1));
        using var client = new ClusterClient(new KubernetesClientConfiguration { Host = "http://127.0.0.1:1" });
        await using var services = new ServiceCollection().AddLogging().AddController(new ControllerOptions(), client, time).BuildServiceProvider();
        var scheduler = await services.GetRequiredService<ISchedulerFactory>().GetScheduler();

        await services.GetRequiredService<Ticker>().SetAsync(Key, time.GetUtcNow().AddSeconds(-secondsLate), CancellationToken.None);
        await scheduler.Start();

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var taken = await services.GetRequiredService<WorkQueue<ResourceKey>>().TakeAsync(limit.Token);
        (taken?.Key).Should().Be(Key);
        await scheduler.Shutdown();
    }
}
