using System.Text.Json.Nodes;
using Rollouts.Kubernetes.Client;

namespace Rollouts.Kubernetes.Leading;

/// <summary>
/// A term while it lasts. It ends by a timer that every renewal pushes back, so it ends in time whatever a request does; and whether it
/// lasts is asked of the clock and not of the timer, which a stalled process runs late.
/// </summary>
internal sealed class Tenure : IDisposable
{
    private readonly LeaderOptions _options;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _end;
    private LeaseRecord _lease;
    private long _renewed;

    /// <param name="asked">The timestamp before the request that acquired the lease was sent.</param>
    public Tenure(LeaderTerm term, LeaseRecord lease, long asked, LeaderOptions options, TimeProvider time)
    {
        (Term, _lease, _renewed, _options, _time) = (term, lease, asked, options, time);
        _end = new CancellationTokenSource(Positive(Left), time);
    }

    public LeaderTerm Term { get; }

    public CancellationToken End => _end.Token;

    public bool Lasts => !_end.IsCancellationRequested && Left > TimeSpan.Zero;

    public TimeSpan Left => _options.RenewDeadline - _time.GetElapsedTime(Volatile.Read(ref _renewed));

    /// <summary>False where the lease is no longer ours; a request that failed is an exception.</summary>
    public async Task<bool> RenewAsync(IClusterClient client, CancellationToken cancellation)
    {
        var asked = _time.GetTimestamp();
        if (await WriteAsync(client, lease => lease.Renewed(_time.GetUtcNow()), cancellation) is not { } renewed)
            return false;
        _lease = renewed;
        Volatile.Write(ref _renewed, asked);
        _end.CancelAfter(Positive(Left));
        return true;
    }

    public async Task<bool> ReleaseAsync(IClusterClient client, CancellationToken cancellation) =>
        await WriteAsync(client, lease => lease.Released(_time.GetUtcNow()), cancellation) is not null;

    public void Lose() => _end.Cancel();

    public void Dispose() => _end.Dispose();

    /// <summary>
    /// A conflict is not yet the end: an earlier renewal of ours may have been carried out though its answer was lost, or someone
    /// labelled the Lease. Only who holds it counts.
    /// </summary>
    private async Task<LeaseRecord?> WriteAsync(IClusterClient client, Func<LeaseRecord, JsonObject> change, CancellationToken cancellation)
    {
        try
        {
            return new LeaseRecord(await client.ReplaceAsync(LeaseRecord.Type, change(_lease), null, cancellation));
        }
        catch (ClusterException exception) when (exception.Code is 409 or 404)
        {
            var found = await client.GetAsync(LeaseRecord.Type, _options.Namespace, _options.Name, cancellation);
            if (found is null || !new LeaseRecord(found).IsOf(Term))
                return null;
            _lease = new LeaseRecord(found);
            return new LeaseRecord(await client.ReplaceAsync(LeaseRecord.Type, change(_lease), null, cancellation));
        }
    }

    private static TimeSpan Positive(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;
}
