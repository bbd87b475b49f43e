using System.Collections.Concurrent;
using CsCheck;
using Rollouts.Kubernetes.Client;
using Rollouts.Kubernetes.Leading;
using Rollouts.Kubernetes.Reading;
using Rollouts.Kubernetes.Tests.Doubles;

namespace Rollouts.Kubernetes.Tests.Leading;

/// <summary>Three candidates on one API server that fails, loses answers and hangs at random: never do two of them lead.</summary>
public class LeaderLeasePropertyTests
{
    private enum Fault { None, Refused, AnswerLost, Hangs }

    private static readonly Gen<Fault> Faults =
        Gen.Frequency((5, Gen.Const(Fault.None)), (2, Gen.Const(Fault.Refused)), (2, Gen.Const(Fault.AnswerLost)), (1, Gen.Const(Fault.Hangs)));

    [Fact]
    public void Whatever_the_API_server_does_no_two_lead_at_once_and_numbers_only_rise() =>
        Gen.Select(Faults.Array[60], Gen.Int[0, 1000]).Sample(NeverTwo, iter: 150, threads: 1);

    private static void NeverTwo(Fault[] faults, int seed) => Task.Run(() => NeverTwoAsync(faults, seed)).GetAwaiter().GetResult();

    private static async Task NeverTwoAsync(Fault[] faults, int seed)
    {
        var time = new WatchedTime();
        var led = new ConcurrentBag<long>();
        // A term begins when it is stored. Its holder may get to run later than the next one's: only the store has an order to check.
        var stored = new List<LeaderTerm>();
        using var stop = new CancellationTokenSource();
        var shared = new MemoryCluster();
        var leases = new List<LeaderLease>();
        var fault = Fault.None;
        shared.Before = (_, cancellation) => fault switch
        {
            Fault.None or Fault.AnswerLost => Task.CompletedTask,
            Fault.Refused => throw new ClusterException(0, ClusterReasons.Unreachable, "refused"),
            Fault.Hangs => HangAsync(cancellation),
        };
        shared.AfterWrite = (_, _) => fault == Fault.AnswerLost
            ? throw new ClusterException(0, ClusterReasons.Unreachable, "reset")
            : Task.CompletedTask;

        shared.Stored = obj =>
        {
            var term = new LeaderTerm(obj.Text("spec", "holderIdentity") ?? "", obj.Integer("spec", "leaseTransitions") ?? 0);
            if (term.Identity.Length > 0 && term != stored.LastOrDefault())
                stored.Add(term);
        };

        var running = Enumerable.Range(0, 3).Select(i =>
        {
            var lease = new LeaderLease(shared, new LeaderOptions("system", "rollouts", $"candidate-{i}") { Seed = seed + i }, time);
            leases.Add(lease);
            return lease.RunAsync(
                async (term, cancellation) =>
                {
                    led.Add(term.Number);
                    await HangAsync(cancellation);
                },
                stop.Token);
        }).ToList();

        foreach (var next in faults)
        {
            fault = next;
            for (var i = 0; i < 6; i++)
            {
                time.Advance(TimeSpan.FromSeconds(0.5));
                leases.Count(lease => lease.Term is not null).Should().BeLessThanOrEqualTo(1);
            }
        }

        fault = Fault.None;
        await stop.CancelAsync();
        await Task.WhenAll(running).ContinueWith(_ => { }, TaskScheduler.Default);
        stored.Select(term => term.Number).Should().NotBeEmpty().And.BeInAscendingOrder().And.OnlyHaveUniqueItems();
        led.Should().OnlyHaveUniqueItems().And.BeSubsetOf(stored.Select(term => term.Number));
    }

    private static async Task HangAsync(CancellationToken cancellation)
    {
        var never = new TaskCompletionSource();
        await using var registration = cancellation.Register(() => never.TrySetCanceled(cancellation));
        await never.Task;
    }
}
