using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;
using Rollouts.Kubernetes.Queueing;
using Rollouts.Kubernetes.Timing;

namespace Rollouts.Kubernetes.Tests.Queueing;

public sealed class ReconcileLoopTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly WorkQueue<string> _queue;
    private readonly Script _script = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public ReconcileLoopTests()
    {
        _queue = new WorkQueue<string>(_time, new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10)));
        _running = new ReconcileLoop<string>(_queue, _script, workers: 2, _time).RunAsync(_stop.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
        _queue.Dispose();
    }

    [Fact]
    public async Task Done_means_not_again_by_itself()
    {
        _script.Answer = _ => Task.FromResult(Next.Done);
        _queue.Add("a");
        await _script.CalledAsync("a");
        await IdleAsync();

        (_queue.Ready, _queue.Waiting).Should().Be((0, 0));
    }

    [Fact]
    public async Task After_means_again_then()
    {
        _script.Answer = _ => Task.FromResult(Next.After(TimeSpan.FromSeconds(30)));
        _queue.Add("a");
        await _script.CalledAsync("a");
        await WaitingAsync(1);
        _time.Advance(TimeSpan.FromSeconds(30));

        await _script.CalledAsync("a");
    }

    [Fact]
    public async Task A_failure_is_tried_again_with_a_growing_wait_and_a_success_resets_it()
    {
        var failing = true;
        _script.Answer = _ => failing ? throw new InvalidOperationException("not yet") : Task.FromResult(Next.Done);
        _queue.Add("a", priority: 10);
        foreach (var wait in new[] { 1, 2, 4 })
        {
            await _script.CalledAsync("a");
            await WaitingAsync(1);
            _time.Advance(TimeSpan.FromSeconds(wait - 0.001));
            _queue.Waiting.Should().Be(1);
            failing = wait < 4;
            _time.Advance(TimeSpan.FromSeconds(0.001));
        }

        await _script.CalledAsync("a");
        await IdleAsync();
        _queue.FailuresOf("a").Should().Be(0);
    }

    [Fact]
    public async Task A_terminal_failure_is_left_alone_until_the_next_change()
    {
        _script.Answer = _ => throw new TerminalException("the spec is wrong");
        _queue.Add("a");
        await _script.CalledAsync("a");
        await IdleAsync();
        (_queue.Waiting, _queue.FailuresOf("a")).Should().Be((0, 0));

        _queue.Add("a");
        await _script.CalledAsync("a");
    }

    [Fact]
    public async Task A_key_that_fails_or_hangs_hurts_no_other()
    {
        var release = new TaskCompletionSource<Next>();
        _script.Answer = key => key switch
        {
            "hangs" => release.Task,
            "fails" => throw new InvalidOperationException("a bug"),
            _ => Task.FromResult(Next.Done),
        };
        foreach (var key in new[] { "hangs", "fails", "a", "b" })
            _queue.Add(key);

        await _script.CalledAsync("a");
        await _script.CalledAsync("b");
        release.SetResult(Next.Done);
    }

    [Fact]
    public async Task Cancelling_reaches_the_reconcile_and_leaves_its_key_for_the_next_term()
    {
        var begun = new TaskCompletionSource();
        _script.AnswerWithToken = async (_, cancellation) =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
            return Next.Done;
        };
        _queue.Add("a");
        await begun.Task;
        await _stop.CancelAsync();
        await _running;

        _queue.Ready.Should().Be(1);
        _queue.FailuresOf("a").Should().Be(0);
    }

    [Fact]
    public async Task A_drained_queue_ends_the_loop_after_the_running_reconcile()
    {
        var begun = new TaskCompletionSource();
        var release = new TaskCompletionSource<Next>();
        _script.Answer = _ =>
        {
            begun.SetResult();
            return release.Task;
        };
        _queue.Add("a");
        await begun.Task;
        var draining = _queue.DrainAsync(default);
        draining.IsCompleted.Should().BeFalse();
        _running.IsCompleted.Should().BeFalse();

        release.SetResult(Next.Done);
        await draining;
        await _running;
    }

    /// <summary>Until no key is on loan: what one key's call leaves in the queue is then there.</summary>
    private Task IdleAsync() => UntilAsync(() => _queue.OnLoan == 0);

    private Task WaitingAsync(int count) => UntilAsync(() => _queue.OnLoan == 0 && _queue.Waiting == count);

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private sealed class Script : IReconciler<string>
    {
        private readonly Channel<string> _calls = Channel.CreateUnbounded<string>();

        public Func<string, Task<Next>> Answer
        {
            set => AnswerWithToken = (key, _) => value(key);
        }

        public Func<string, CancellationToken, Task<Next>> AnswerWithToken { get; set; } = (_, _) => Task.FromResult(Next.Done);

        public Task<Next> ReconcileAsync(string key, CancellationToken cancellation)
        {
            _calls.Writer.TryWrite(key);
            return AnswerWithToken(key, cancellation);
        }

        public async Task CalledAsync(string key)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            while (await _calls.Reader.ReadAsync(limit.Token) != key)
            {
            }
        }
    }
}
