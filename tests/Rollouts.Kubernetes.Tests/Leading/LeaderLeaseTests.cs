using System.Text.Json.Nodes;
using Rollouts.Kubernetes.Client;
using Rollouts.Kubernetes.Leading;
using Rollouts.Kubernetes.Reading;
using Rollouts.Kubernetes.Tests.Doubles;

namespace Rollouts.Kubernetes.Tests.Leading;

public sealed class LeaderLeaseTests : IAsyncDisposable
{
    private static readonly ResourceType Leases = new("coordination.k8s.io", "v1", "leases", "Lease");
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(2);

    private readonly WatchedTime _time = new();
    private readonly MemoryCluster _cluster = new();
    private readonly List<Candidate> _candidates = [];

    public async ValueTask DisposeAsync()
    {
        _cluster.Before = (_, _) => Task.CompletedTask;
        foreach (var candidate in _candidates)
            await candidate.DisposeAsync();
    }

    [Fact]
    public async Task Who_finds_no_lease_leads_and_says_so_in_it()
    {
        var a = Start("a");
        var term = await a.LeadsAsync();

        (term.Identity, term.Number).Should().Be(("a", 1));
        a.Lease.Term.Should().Be(term);
        var spec = Spec();
        spec.Text("holderIdentity").Should().Be("a");
        spec.Integer("leaseDurationSeconds").Should().Be(15);
        spec.Integer("leaseTransitions").Should().Be(1);
        spec.Text("renewTime").Should().MatchRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$");
    }

    [Fact]
    public async Task Stopping_releases_the_lease_after_the_work_has_ended_and_the_next_one_leads_within_a_retry()
    {
        var a = Start("a");
        await a.LeadsAsync();
        var release = a.HoldsOnAfterItsTerm();
        var b = Start("b");
        await WaitsForTheLeaseAsync();
        var stopping = a.StopAsync();
        Spec().Text("holderIdentity").Should().Be("a", "the work of a is still going on");

        release.SetResult();
        await stopping;
        Spec().Text("holderIdentity").Should().BeEmpty();
        a.Lease.Term.Should().BeNull();
        (await b.LeadsAfterAsync(Retry * 1.2)).Number.Should().Be(2);
    }

    [Fact]
    public async Task A_lease_is_renewed_for_as_long_as_the_work_takes_to_stop()
    {
        var a = Start("a");
        await a.LeadsAsync();
        var release = a.HoldsOnAfterItsTerm();
        var stopping = a.StopAsync();
        var before = Spec().Text("renewTime");

        await PassAsync(TimeSpan.FromSeconds(30), () => a.Lease.Term.Should().NotBeNull());

        Spec().Text("renewTime").Should().NotBe(before);
        release.SetResult();
        await stopping;
    }

    [Fact]
    public async Task Failed_renewals_are_tried_again_within_the_deadline()
    {
        var a = Start("a");
        await a.LeadsAsync();
        _cluster.Before = (verb, _) => verb == "replace" ? throw new ClusterException(0, ClusterReasons.Unreachable, "reset") : Task.CompletedTask;
        await PassAsync(TimeSpan.FromSeconds(7), () => a.Lease.Term.Should().NotBeNull());
        _cluster.Before = (_, _) => Task.CompletedTask;
        await PassAsync(TimeSpan.FromSeconds(30), () => { });

        a.Lease.Term!.Number.Should().Be(1);
        a.Token.IsCancellationRequested.Should().BeFalse();
    }

    [Fact]
    public async Task The_term_ends_at_the_deadline_when_nothing_can_be_renewed()
    {
        var a = Start("a");
        await a.LeadsAsync();
        _cluster.Before = (_, _) => throw new ClusterException(500, "InternalError", "etcd is down");

        await PassAsync(TimeSpan.FromSeconds(10), () => { });

        a.Lease.Term.Should().BeNull();
        a.Token.IsCancellationRequested.Should().BeTrue();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_term_ends_at_the_deadline_when_the_request_hangs(bool canBeCancelled)
    {
        var a = Start("a");
        await a.LeadsAsync();
        var hung = new TaskCompletionSource();
        _cluster.Before = (_, cancellation) => hung.Task.WaitAsync(canBeCancelled ? cancellation : CancellationToken.None);

        await PassAsync(TimeSpan.FromSeconds(9.5), () => a.Lease.Term.Should().NotBeNull());
        await PassAsync(TimeSpan.FromSeconds(0.5), () => { });

        a.Lease.Term.Should().BeNull();
        a.Token.IsCancellationRequested.Should().BeTrue();
        hung.SetException(new ClusterException(0, ClusterReasons.Unreachable, "reset at last"));
    }

    [Fact]
    public async Task A_request_that_hangs_leaves_time_for_another_before_the_deadline()
    {
        var a = Start("a");
        await a.LeadsAsync();
        var hangs = 2;
        _cluster.Before = (verb, cancellation) =>
            verb == "replace" && hangs-- > 0 ? Never(cancellation) : Task.CompletedTask;

        await PassAsync(TimeSpan.FromSeconds(30), () => a.Lease.Term.Should().NotBeNull());

        hangs.Should().BeNegative();
    }

    [Fact]
    public async Task A_process_that_was_stopped_does_not_believe_that_it_still_leads()
    {
        var a = Start("a");
        await a.LeadsAsync();
        a.Lease.Term.Should().NotBeNull();

        // The clock has moved on and no timer has run yet, as after SIGSTOP, or in a virtual machine that was moved.
        _time.Stall(TimeSpan.FromSeconds(10));

        a.Token.IsCancellationRequested.Should().BeFalse();
        a.Lease.Term.Should().BeNull();
    }

    [Fact]
    public async Task A_foreign_lease_is_waited_out_by_our_own_clock_from_its_last_change()
    {
        await WriteAsync("other", transitions: 6, renewTime: "2001-01-01T00:00:00.000000Z");
        var a = Start("a");
        await WaitsForTheLeaseAsync();
        await PassAsync(TimeSpan.FromSeconds(14), () => a.Lease.Term.Should().BeNull());
        await WriteAsync("other", transitions: 6, renewTime: "2001-01-01T00:00:14.000000Z");
        await PassAsync(TimeSpan.FromSeconds(15), () => a.Lease.Term.Should().BeNull());

        (await a.LeadsAfterAsync(Retry * 1.2 * 2)).Number.Should().Be(7);
    }

    [Fact]
    public async Task A_lease_in_our_own_name_from_another_life_is_waited_out_too()
    {
        await WriteAsync("a", transitions: 3);
        var a = Start("a");
        await WaitsForTheLeaseAsync();

        await PassAsync(TimeSpan.FromSeconds(14), () => a.Lease.Term.Should().BeNull());

        (await a.LeadsAfterAsync(Retry * 1.2 * 2)).Number.Should().Be(4);
    }

    [Fact]
    public async Task After_an_outage_the_same_process_leads_again_without_waiting_itself_out()
    {
        var a = Start("a");
        await a.LeadsAsync();
        _cluster.Before = (_, _) => throw new ClusterException(0, ClusterReasons.Unreachable, "no network");
        await PassAsync(TimeSpan.FromSeconds(12), () => { });
        await WaitsForTheLeaseAsync();
        _cluster.Before = (_, _) => Task.CompletedTask;

        (await a.LeadsAfterAsync(Retry * 1.2)).Number.Should().Be(2);
    }

    [Fact]
    public async Task A_lease_taken_by_another_ends_the_term_at_the_next_renewal()
    {
        var a = Start("a");
        await a.LeadsAsync();
        await WriteAsync("other", transitions: 2);

        await PassAsync(Retry, () => { });

        a.Token.IsCancellationRequested.Should().BeTrue();
        a.Lease.Term.Should().BeNull();
        await PassAsync(TimeSpan.FromSeconds(10), () => { });
        Spec().Text("holderIdentity").Should().Be("other");
    }

    [Fact]
    public async Task A_deleted_lease_ends_the_term_and_the_next_has_a_higher_number()
    {
        var a = Start("a");
        await a.LeadsAsync();
        await _cluster.DeleteAsync(Leases, new ResourceKey("system", "rollouts"), null, default);

        await PassAsync(Retry, () => { });

        (await a.LeadsAsync()).Number.Should().Be(2);
    }

    [Fact]
    public async Task A_conflict_with_somebody_who_only_labelled_the_lease_is_none()
    {
        var a = Start("a");
        await a.LeadsAsync();
        var labelled = _cluster.Peek(Leases, "system", "rollouts")!;
        labelled["metadata"]!["labels"] = new JsonObject { ["team"] = "web" };
        await _cluster.ReplaceAsync(Leases, labelled, null, default);

        await PassAsync(TimeSpan.FromSeconds(30), () => a.Lease.Term.Should().NotBeNull());

        _cluster.Peek(Leases, "system", "rollouts").Text("metadata", "labels", "team").Should().Be("web");
        a.Lease.Term!.Number.Should().Be(1);
    }

    [Fact]
    public async Task A_renewal_that_was_carried_out_though_its_answer_was_lost_costs_nothing()
    {
        var a = Start("a");
        await a.LeadsAsync();
        var losses = 1;
        _cluster.AfterWrite = (_, _) => losses-- > 0 ? throw new ClusterException(0, ClusterReasons.Unreachable, "reset") : Task.CompletedTask;

        await PassAsync(TimeSpan.FromSeconds(30), () => a.Lease.Term.Should().NotBeNull());

        losses.Should().BeNegative();
        a.Lease.Term!.Number.Should().Be(1);
    }

    [Fact]
    public async Task An_API_server_that_is_away_at_the_start_is_waited_for()
    {
        _cluster.Before = (_, _) => throw new ClusterException(0, ClusterReasons.Unreachable, "connection refused");
        var a = Start("a");
        await WaitsForTheLeaseAsync();
        await PassAsync(TimeSpan.FromSeconds(60), () => { });
        _cluster.Before = (_, _) => Task.CompletedTask;

        (await a.LeadsAfterAsync(Retry * 1.2)).Number.Should().Be(1);
    }

    [Fact]
    public async Task Work_that_ends_by_itself_ends_the_run_and_work_that_fails_fails_it_and_both_release()
    {
        var lease = new LeaderLease(_cluster, Options("a"), _time);
        await lease.RunAsync((_, _) => Task.CompletedTask, default);
        Spec().Text("holderIdentity").Should().BeEmpty();

        var failing = () => lease.RunAsync((_, _) => throw new InvalidOperationException("a bug"), default);

        await failing.Should().ThrowAsync<InvalidOperationException>();
        Spec().Text("holderIdentity").Should().BeEmpty();
        Spec().Integer("leaseTransitions").Should().Be(2);
    }

    [Theory]
    [InlineData(10, 10, 2)]
    [InlineData(15, 10, 10)]
    [InlineData(15, 10, 0)]
    [InlineData(15.5, 10, 2)]
    public void Times_that_cannot_work_are_refused(double lease, double renew, double retry)
    {
        var options = Options("a") with
        {
            LeaseDuration = TimeSpan.FromSeconds(lease),
            RenewDeadline = TimeSpan.FromSeconds(renew),
            RetryPeriod = TimeSpan.FromSeconds(retry),
        };

        FluentActions.Invoking(() => new LeaderLease(_cluster, options)).Should().Throw<ArgumentException>();
    }

    private static LeaderOptions Options(string identity) => new("system", "rollouts", identity) { Seed = 1 };

    private Candidate Start(string identity)
    {
        var candidate = new Candidate(new LeaderLease(_cluster, Options(identity), _time), PassAsync);
        _candidates.Add(candidate);
        return candidate;
    }

    private JsonObject Spec() => _cluster.Peek(Leases, "system", "rollouts").Object("spec")!;

    private async Task WriteAsync(string holder, long transitions, string renewTime = "2001-01-01T00:00:00.000000Z")
    {
        var lease = _cluster.Peek(Leases, "system", "rollouts") ?? new JsonObject
        {
            ["metadata"] = new JsonObject { ["namespace"] = "system", ["name"] = "rollouts" },
        };
        lease["spec"] = new JsonObject
        {
            ["holderIdentity"] = holder,
            ["leaseDurationSeconds"] = 15,
            ["leaseTransitions"] = transitions,
            ["renewTime"] = renewTime,
        };
        if (lease.ResourceVersion.Length == 0)
            await _cluster.CreateAsync(Leases, lease, default);
        else
            await _cluster.ReplaceAsync(Leases, lease, null, default);
    }

    /// <summary>Until somebody has begun to wait between two attempts to acquire; a renewal waits exactly the period.</summary>
    private Task WaitsForTheLeaseAsync() => _time.BegunAsync(due => due > Retry && due <= Retry * 1.2);

    /// <summary>A request that hangs. Unlike Task.Delay it ends within the cancellation and not on some other thread a little later.</summary>
    private static async Task Never(CancellationToken cancellation)
    {
        var never = new TaskCompletionSource();
        await using var registration = cancellation.Register(() => never.TrySetCanceled(cancellation));
        await never.Task;
    }

    /// <summary>Half a second at a time. On a pool thread, where what the clock sets off runs within Advance and not some time later.</summary>
    private Task PassAsync(TimeSpan time, Action check) => Task.Run(() =>
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromSeconds(0.5))
        {
            _time.Advance(TimeSpan.FromSeconds(0.5));
            check();
        }
    });

    private sealed class Candidate : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly System.Threading.Channels.Channel<LeaderTerm> _terms = System.Threading.Channels.Channel.CreateUnbounded<LeaderTerm>();
        private readonly Func<TimeSpan, Action, Task> _pass;
        private readonly Task _running;
        private TaskCompletionSource? _holdOn;

        public Candidate(LeaderLease lease, Func<TimeSpan, Action, Task> pass)
        {
            Lease = lease;
            _pass = pass;
            _running = Task.Run(() => lease.RunAsync(LeadAsync, _stop.Token));
        }

        public LeaderLease Lease { get; }

        public CancellationToken Token { get; private set; }

        public async Task<LeaderTerm> LeadsAsync()
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            return await _terms.Reader.ReadAsync(limit.Token);
        }

        public async Task<LeaderTerm> LeadsAfterAsync(TimeSpan time)
        {
            await _pass(time, () => { });
            return await LeadsAsync();
        }

        /// <summary>Work that does not end with its token but when the returned source is set.</summary>
        public TaskCompletionSource HoldsOnAfterItsTerm() => _holdOn = new TaskCompletionSource();

        public async Task StopAsync()
        {
            await _stop.CancelAsync();
            await _running.ContinueWith(_ => { }, TaskScheduler.Default);
        }

        public async ValueTask DisposeAsync()
        {
            await StopAsync();
            _stop.Dispose();
        }

        private async Task LeadAsync(LeaderTerm term, CancellationToken cancellation)
        {
            Token = cancellation;
            _terms.Writer.TryWrite(term);
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
            }
            finally
            {
                if (_holdOn is not null)
                    await _holdOn.Task;
            }
        }
    }
}
