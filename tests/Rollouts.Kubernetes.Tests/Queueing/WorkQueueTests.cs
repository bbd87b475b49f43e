using Microsoft.Extensions.Time.Testing;
using Rollouts.Kubernetes.Queueing;
using Rollouts.Kubernetes.Timing;

namespace Rollouts.Kubernetes.Tests.Queueing;

public sealed class WorkQueueTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly WorkQueue<string> _queue;

    public WorkQueueTests() => _queue = new WorkQueue<string>(_time, new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10)));

    public void Dispose() => _queue.Dispose();

    [Fact]
    public void A_key_added_often_is_handed_out_once()
    {
        _queue.Add("a");
        _queue.Add("a");
        _queue.Add("b");

        _queue.Ready.Should().Be(2);
        TakeAll().Should().Equal("a", "b");
    }

    [Fact]
    public void A_key_added_while_it_is_worked_on_is_handed_out_again_but_only_afterwards()
    {
        _queue.Add("a");
        var first = Take();
        _queue.Add("a");
        _queue.Add("a");

        TryTake().Should().BeNull("nobody else may work on it");
        first!.Dispose();
        using var second = Take();
        second!.Key.Should().Be("a");
        TryTake().Should().BeNull();
    }

    [Fact]
    public void A_key_worked_on_and_not_added_again_is_done_with()
    {
        _queue.Add("a");
        Take()!.Dispose();

        TryTake().Should().BeNull();
        (_queue.Ready, _queue.Waiting).Should().Be((0, 0));
    }

    [Fact]
    public void Returning_twice_does_no_harm()
    {
        _queue.Add("a");
        var item = Take()!;
        item.Dispose();
        _queue.Add("a");
        using var next = Take();
        item.Dispose();
        _queue.Add("a");

        TryTake().Should().BeNull();
    }

    [Fact]
    public void A_delayed_key_comes_at_its_time_and_not_before()
    {
        _queue.AddAfter("a", TimeSpan.FromSeconds(5));
        _time.Advance(TimeSpan.FromSeconds(4.999));
        TryTake().Should().BeNull();
        _queue.Waiting.Should().Be(1);

        _time.Advance(TimeSpan.FromSeconds(0.001));
        Take()!.Key.Should().Be("a");
    }

    [Fact]
    public void The_earliest_of_several_times_holds()
    {
        _queue.AddAfter("a", TimeSpan.FromSeconds(5));
        _queue.AddAfter("a", TimeSpan.FromSeconds(2));
        _queue.AddAfter("a", TimeSpan.FromSeconds(9));
        _time.Advance(TimeSpan.FromSeconds(2));
        Take()!.Dispose();

        _time.Advance(TimeSpan.FromMinutes(1));
        TryTake().Should().BeNull("the other times were merged into the first");
    }

    [Fact]
    public void Now_overtakes_later_and_later_does_not_put_off_now()
    {
        _queue.AddAfter("a", TimeSpan.FromSeconds(5));
        _queue.Add("a");
        _queue.AddAfter("a", TimeSpan.FromSeconds(5));

        Take()!.Key.Should().Be("a");
    }

    [Fact]
    public void A_time_that_passes_while_the_key_is_worked_on_counts_when_it_returns()
    {
        _queue.Add("a");
        var item = Take()!;
        _queue.AddAfter("a", TimeSpan.FromSeconds(2));
        _time.Advance(TimeSpan.FromSeconds(3));
        TryTake().Should().BeNull();

        item.Dispose();
        Take()!.Key.Should().Be("a");
    }

    [Fact]
    public void The_urgent_come_first_and_among_equals_the_first_come()
    {
        _queue.Add("resync 1");
        _queue.Add("resync 2");
        _queue.Add("abort", priority: 10);
        _queue.Add("resync 3");

        TakeAll().Should().Equal("abort", "resync 1", "resync 2", "resync 3");
    }

    [Fact]
    public void The_highest_priority_of_several_wishes_holds()
    {
        _queue.Add("a");
        _queue.Add("b");
        _queue.Add("b", priority: 10);
        _queue.Add("b", priority: 5);

        using var first = Take();
        (first!.Key, first.Priority).Should().Be(("b", 10));
    }

    [Fact]
    public void A_priority_is_spent_with_the_work_it_was_for()
    {
        _queue.Add("a", priority: 10);
        Take()!.Dispose();
        _queue.Add("b", priority: 1);
        _queue.Add("a");

        TakeAll().Should().Equal("b", "a");
    }

    [Fact]
    public void Failures_double_the_wait_up_to_the_longest_and_forgetting_starts_anew()
    {
        var waits = Enumerable.Range(0, 6).Select(_ => _queue.AddAfterFailure("a").TotalSeconds).ToList();
        waits.Should().Equal(1, 2, 4, 8, 10, 10);
        _queue.FailuresOf("a").Should().Be(6);

        _queue.Forget("a");
        _queue.AddAfterFailure("a").TotalSeconds.Should().Be(1);
        _queue.AddAfterFailure("other").TotalSeconds.Should().Be(1);
    }

    [Fact]
    public void However_long_the_cluster_was_out_of_reach_the_next_attempt_is_half_a_minute_away_at_most()
    {
        using var queue = new WorkQueue<string>(_time);
        var waits = Enumerable.Range(0, 100).Select(_ => queue.AddAfterFailure("a")).ToList();
        waits[0].Should().Be(TimeSpan.FromMilliseconds(250));
        waits.Max().Should().Be(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_worker_that_waits_gets_the_next_key()
    {
        var waiting = _queue.TakeAsync(default);
        waiting.IsCompleted.Should().BeFalse();
        _queue.AddAfter("a", TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(1));

        using var item = await waiting;
        item!.Key.Should().Be("a");
    }

    [Fact]
    public async Task A_worker_that_gives_up_takes_no_key_with_it()
    {
        using var cancellation = new CancellationTokenSource();
        var waiting = _queue.TakeAsync(cancellation.Token);
        await cancellation.CancelAsync();
        await FluentActions.Awaiting(() => waiting).Should().ThrowAsync<OperationCanceledException>();

        _queue.Add("a");

        Take()!.Key.Should().Be("a");
    }

    [Fact]
    public async Task Draining_waits_for_what_is_on_loan_and_hands_out_nothing_more()
    {
        _queue.Add("a");
        var item = Take()!;
        _queue.Add("b");
        var draining = _queue.DrainAsync(default);
        _queue.Add("c");

        draining.IsCompleted.Should().BeFalse();
        (await _queue.TakeAsync(default)).Should().BeNull();
        item.Dispose();
        await draining;
    }

    [Fact]
    public async Task Draining_ends_the_wait_of_every_worker()
    {
        var workers = Enumerable.Range(0, 3).Select(_ => _queue.TakeAsync(default)).ToList();
        await _queue.DrainAsync(default);

        (await Task.WhenAll(workers)).Should().OnlyContain(item => item == null);
    }

    private WorkItem<string>? Take() => TryTake() ?? throw new InvalidOperationException("nothing is ready");

    private WorkItem<string>? TryTake() => Taking.Now(_queue);

    private List<string> TakeAll()
    {
        var keys = new List<string>();
        while (TryTake() is { } item)
            keys.Add(item.Key);
        return keys;
    }
}
