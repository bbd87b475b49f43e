using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Rollouts.Kubernetes.Queueing;

namespace Rollouts.Kubernetes.Tests.Queueing;

/// <summary>The queue against a model that keeps plain lists and is too simple to be wrong in the same way.</summary>
public class WorkQueueModelTests
{
    private static readonly Gen<Step> Steps = Gen.Frequency(
        (4, Gen.Select(Gen.Int[0, 4], Gen.Int[0, 2], (key, priority) => (Step)new Step.Add(key, 0, priority))),
        (3, Gen.Select(Gen.Int[0, 4], Gen.Int[1, 6], Gen.Int[0, 2], (key, delay, priority) => (Step)new Step.Add(key, delay, priority))),
        (5, Gen.Const((Step)new Step.Take())),
        (3, Gen.Int[0, 4].Select(key => (Step)new Step.Return(key))),
        (2, Gen.Int[1, 4].Select(seconds => (Step)new Step.Pass(seconds))));

    [Fact]
    public void Whatever_is_done_to_it_the_queue_hands_out_what_the_model_does() =>
        Steps.Array[0, 60].Sample(Agree, iter: 20_000);

    private static void Agree(Step[] steps)
    {
        var time = new FakeTimeProvider();
        using var queue = new WorkQueue<int>(time);
        var model = new Model();
        var loans = new Dictionary<int, WorkItem<int>>();
        foreach (var step in steps)
        {
            switch (step)
            {
                case Step.Add(var key, var delay, var priority):
                    queue.AddAfter(key, TimeSpan.FromSeconds(delay), priority);
                    model.Add(key, delay, priority);
                    break;
                case Step.Take:
                    var item = Taking.Now(queue);
                    var expected = model.Take();
                    (item?.Key, item?.Priority).Should().Be((expected?.Key, expected?.Priority));
                    if (item is not null)
                        loans.Add(item.Key, item);
                    break;
                case Step.Return(var key):
                    if (loans.Remove(key, out var loan))
                        loan.Dispose();
                    model.Return(key);
                    break;
                case Step.Pass(var seconds):
                    // Second by second, as a timer would be served.
                    for (var i = 0; i < seconds; i++)
                    {
                        time.Advance(TimeSpan.FromSeconds(1));
                        model.Pass();
                    }

                    break;
            }

            (queue.Ready, queue.Waiting).Should().Be((model.Ready, model.Waiting));
        }
    }

    private abstract record Step
    {
        public sealed record Add(int Key, int Delay, int Priority) : Step;

        public sealed record Take : Step;

        public sealed record Return(int Key) : Step;

        public sealed record Pass(int Seconds) : Step;
    }

    private sealed record Wish(int Key, int Due, int Priority);

    private sealed class Model
    {
        private readonly List<Wish> _ready = [];
        private readonly HashSet<int> _onLoan = [];
        private List<Wish> _later = [];
        private int _now;

        public int Ready => _ready.Count;

        public int Waiting => _later.Count(wish => !_onLoan.Contains(wish.Key));

        public void Add(int key, int delay, int priority)
        {
            if (_ready.FindIndex(wish => wish.Key == key) is >= 0 and var place)
            {
                _ready[place] = _ready[place] with { Priority = Math.Max(_ready[place].Priority, priority) };
                return;
            }

            var due = delay == 0 ? int.MinValue : _now + delay;
            if (_later.Find(wish => wish.Key == key) is { } other)
            {
                if (due >= other.Due && priority <= other.Priority)
                    return;
                _later.Remove(other);
                (due, priority) = (Math.Min(due, other.Due), Math.Max(priority, other.Priority));
            }

            _later.Add(new Wish(key, due, priority));
            Promote();
        }

        public Wish? Take()
        {
            var next = _ready.OrderByDescending(wish => wish.Priority).FirstOrDefault();
            if (next is null)
                return null;
            _ready.Remove(next);
            _onLoan.Add(next.Key);
            return next;
        }

        public void Return(int key)
        {
            if (!_onLoan.Remove(key) || _later.Find(wish => wish.Key == key) is not { } wish)
                return;
            // It takes its place in the line when it comes back.
            _later.Remove(wish);
            _later.Add(wish);
            Promote();
        }

        public void Pass()
        {
            _now++;
            Promote();
        }

        private void Promote()
        {
            var due = _later.Where(wish => wish.Due <= _now && !_onLoan.Contains(wish.Key)).OrderBy(wish => wish.Due).ToList();
            _later = [.. _later.Except(due)];
            _ready.AddRange(due);
        }
    }
}
