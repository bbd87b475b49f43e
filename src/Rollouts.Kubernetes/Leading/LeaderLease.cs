using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Rollouts.Kubernetes.Client;
using Rollouts.Kubernetes.Timing;

namespace Rollouts.Kubernetes.Leading;

/// <summary>
/// Leads while it holds a Lease. Clocks of other machines are never compared: a foreign lease is free when it has not changed for its duration
/// as measured here. The package's LeaderElector gives up on one reset connection, never releases the lease and says IsLeader afterwards;
/// this one retries until the deadline, ends the term at the deadline even if a request hangs, and releases when told to stop.
/// </summary>
public sealed class LeaderLease
{
    private readonly IClusterClient _client;
    private readonly LeaderOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Jitter _jitter;

    private volatile Tenure? _tenure;
    private (string Version, long At) _seen = ("", 0);
    private string _waitsFor = "";
    private long _lastNumber;

    public LeaderLease(IClusterClient client, LeaderOptions options, TimeProvider? time = null, ILogger<LeaderLease>? logger = null)
    {
        _client = client;
        _options = options.Checked();
        _time = time ?? TimeProvider.System;
        _logger = logger ?? NullLogger<LeaderLease>.Instance;
        _jitter = new Jitter(options.Seed ?? Jitter.SeedOf(_time));
    }

    /// <summary>The present term; null while we do not lead, by the clock and not by a timer. Good to ask before a write.</summary>
    public LeaderTerm? Term => _tenure is { Lasts: true } tenure ? tenure.Term : null;

    /// <summary>
    /// Waits for the lease and calls <paramref name="lead"/>, once for each term, with a token that ends with the term or with
    /// <paramref name="cancellation"/>. The lease is renewed until lead has returned, then released. Returns when lead returns
    /// of its own accord, throws what it throws, and throws OperationCanceledException when cancelled.
    /// </summary>
    public async Task RunAsync(Func<LeaderTerm, CancellationToken, Task> lead, CancellationToken cancellation)
    {
        while (true)
        {
            using var tenure = await AcquireAsync(cancellation);
            if (await LeadAsync(tenure, lead, cancellation))
                return;
            cancellation.ThrowIfCancellationRequested();
        }
    }

    private async Task<Tenure> AcquireAsync(CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                using var limit = new CancellationTokenSource(_options.AttemptLimit, _time);
                using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
                if (await TryAcquireAsync(both.Token) is { } tenure)
                    return tenure;
            }
#pragma warning disable CA1031 // Whatever goes wrong here is a reason to try again and none to end the process.
            catch (Exception exception) when (!cancellation.IsCancellationRequested)
#pragma warning restore CA1031
            {
                LeaderLog.NotAcquired(_logger, exception.Message);
            }

            // Up to a fifth more, as client-go, so that candidates do not come in step.
            await Task.Delay(_jitter.Between(_options.RetryPeriod, _options.RetryPeriod * 1.2), _time, cancellation);
        }
    }

    private async Task<Tenure?> TryAcquireAsync(CancellationToken cancellation)
    {
        var asked = _time.GetTimestamp();
        var found = await _client.GetAsync(LeaseRecord.Type, _options.Namespace, _options.Name, cancellation);
        var lease = found is null ? null : new LeaseRecord(found);
        if (lease is not null && IsHeld(lease))
            return null;

        var term = new LeaderTerm(_options.Identity, Math.Max(_lastNumber, lease?.Transitions ?? 0) + 1);
        var written = lease is null
            ? await _client.CreateAsync(LeaseRecord.Type, LeaseRecord.New(_options, term, _time.GetUtcNow()), cancellation)
            : await _client.ReplaceAsync(LeaseRecord.Type, lease.Taken(_options, term, _time.GetUtcNow()), null, cancellation);
        _lastNumber = term.Number;
        _waitsFor = "";
        return new Tenure(term, new LeaseRecord(written), asked, _options, _time);
    }

    /// <summary>
    /// Also a lease in our own name is waited out, since the process that took it may still live; but not that of our own last
    /// term, of which we know that it has ended.
    /// </summary>
    private bool IsHeld(LeaseRecord lease)
    {
        if (lease.IsOf(new LeaderTerm(_options.Identity, _lastNumber)))
            return false;
        if (lease.Version != _seen.Version)
            _seen = (lease.Version, _time.GetTimestamp());
        var held = lease.Holder.Length > 0 && _time.GetElapsedTime(_seen.At) < (lease.Duration ?? _options.LeaseDuration);
        if (held && lease.Holder != _waitsFor)
            LeaderLog.Waits(_logger, _waitsFor = lease.Holder);
        return held;
    }

    /// <summary>True where lead ended of its own accord.</summary>
    private async Task<bool> LeadAsync(Tenure tenure, Func<LeaderTerm, CancellationToken, Task> lead, CancellationToken cancellation)
    {
        using var work = CancellationTokenSource.CreateLinkedTokenSource(tenure.End, cancellation);
        using var ended = new CancellationTokenSource();
        LeaderLog.Leads(_logger, tenure.Term.Identity, tenure.Term.Number);
        _tenure = tenure;
        // Renewed until the work has ended, also while it is being stopped: until then nobody else may begin.
        var renewing = RenewAsync(tenure, ended.Token);
        try
        {
            await lead(tenure.Term, work.Token);
            return !work.IsCancellationRequested;
        }
        catch (OperationCanceledException) when (work.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            await ended.CancelAsync();
            await renewing;
            _tenure = null;
            await ReleaseAsync(tenure);
        }
    }

    private async Task RenewAsync(Tenure tenure, CancellationToken workEnded)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(tenure.End, workEnded);
        try
        {
            var wait = _options.RetryPeriod;
            while (true)
            {
                await Task.Delay(wait, _time, stop.Token);
                var asked = _time.GetTimestamp();
                if (!await TryRenewAsync(tenure, stop.Token))
                    return;
                // An attempt that took longer than the period is followed by the next one at once.
                var rest = _options.RetryPeriod - _time.GetElapsedTime(asked);
                wait = rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
            }
        }
        catch (OperationCanceledException)
        {
            if (!workEnded.IsCancellationRequested)
                LeaderLog.Lost(_logger, tenure.Term.Number, $"not renewed for {_options.RenewDeadline.TotalSeconds:0.#} s");
        }
    }

    private async Task<bool> TryRenewAsync(Tenure tenure, CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(_options.AttemptLimit, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        try
        {
            if (await tenure.RenewAsync(_client, both.Token))
                return true;
            tenure.Lose();
            LeaderLog.Lost(_logger, tenure.Term.Number, "the Lease is not ours any more");
            return false;
        }
#pragma warning disable CA1031 // Every failure is worth another try while the deadline has not passed.
        catch (Exception exception) when (!stop.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LeaderLog.NotRenewed(_logger, tenure.Left, exception.Message);
            return true;
        }
    }

    private async Task ReleaseAsync(Tenure tenure)
    {
        if (!tenure.Lasts)
            return;
        using var limit = new CancellationTokenSource(_options.AttemptLimit, _time);
        try
        {
            if (await tenure.ReleaseAsync(_client, limit.Token))
                LeaderLog.Released(_logger, tenure.Term.Number);
        }
#pragma warning disable CA1031 // A lease that cannot be released runs out; the caller stops all the same.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LeaderLog.NotReleased(_logger, tenure.Term.Number, exception.Message);
        }
    }
}
