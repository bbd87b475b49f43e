using Rollouts.Kubernetes.Queueing;

namespace Rollouts.Kubernetes.Tests.Queueing;

public class WorkQueueConcurrencyTests
{
    [Fact]
    public async Task Under_load_no_key_has_two_workers_and_no_addition_is_lost()
    {
        const int keys = 20, workers = 8, adders = 4, additions = 5_000;
        using var queue = new WorkQueue<int>();
        var wanted = new int[keys];
        var done = new int[keys];
        var working = new int[keys];
        var collisions = 0;

        var work = Enumerable.Range(0, workers).Select(_ => Task.Run(async () =>
        {
            await foreach (var item in queue.TakeAllAsync(default))
            {
                using (item)
                {
                    if (Interlocked.Increment(ref working[item.Key]) != 1)
                        Interlocked.Increment(ref collisions);
                    var seen = Volatile.Read(ref wanted[item.Key]);
                    await Task.Yield();
                    Volatile.Write(ref done[item.Key], seen);
                    Interlocked.Decrement(ref working[item.Key]);
                }
            }
        })).ToList();
        await Task.WhenAll(Enumerable.Range(0, adders).Select(adder => Task.Run(() =>
        {
            var random = new Random(adder);
            for (var i = 0; i < additions; i++)
            {
                var key = random.Next(keys);
                Interlocked.Increment(ref wanted[key]);
                queue.AddAfter(key, TimeSpan.FromMilliseconds(random.Next(-2, 3)), random.Next(3));
            }
        })));

        // A queue that lost an addition would leave some key short of what was wanted of it, for ever.
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!Enumerable.Range(0, keys).All(key => Volatile.Read(ref done[key]) == wanted[key]))
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        await queue.DrainAsync(limit.Token);
        await Task.WhenAll(work);
        collisions.Should().Be(0);
    }
}
