using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Rollouts.Kubernetes.Client;
using Rollouts.Kubernetes.Reading;
using Rollouts.Kubernetes.Timing;

namespace Rollouts.Kubernetes.Watching;

/// <summary>
/// Keeps a <see cref="Watching.Store"/> equal to what the cluster has of one kind: one list, then a watch that resumes where it ended.
/// It lists again only where the server no longer knows what happened since (410), refuses the watch, falls silent, or sent what cannot
/// be read. No error ends it; only the token of <see cref="RunAsync"/> does.
/// </summary>
public sealed class Informer
{
    /// <summary>A watch that ends sooner and without an event counts as a failure, else a broken server is asked in a tight loop.</summary>
    private static readonly TimeSpan VeryShort = TimeSpan.FromSeconds(1);

    private readonly IClusterClient _client;
    private readonly InformerOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Jitter _jitter;
    private readonly TaskCompletionSource _synced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Relist> _owed = [];

    private string? _version;
    private int _failures;
    private volatile Relist _relist = new();

    public Informer(
        IClusterClient client,
        ResourceType type,
        InformerOptions? options = null,
        TimeProvider? time = null,
        ILogger<Informer>? logger = null)
    {
        _client = client;
        Type = type;
        _options = options ?? new InformerOptions();
        _time = time ?? TimeProvider.System;
        _logger = logger ?? NullLogger<Informer>.Instance;
        _jitter = new Jitter(_options.Seed ?? Jitter.SeedOf(_time));
        Store = new Store(_options, new ChangeFeed(_logger));
    }

    public ResourceType Type { get; }

    public Store Store { get; }

    /// <summary>True from the first complete list on.</summary>
    public bool HasSynced => _synced.Task.IsCompletedSuccessfully;

    public Task WaitForSyncAsync(CancellationToken cancellation) => _synced.Task.WaitAsync(cancellation);

    /// <summary>
    /// Tells every change after it is in the store, in order and one at a time, and first what is there already. The handler should only
    /// note what is to be done (put a key on a queue): while it runs nobody is told anything. Dispose to unsubscribe.
    /// </summary>
    public IDisposable Subscribe(Action<ObjectChange> handler) => Store.Subscribe(handler);

    /// <summary>
    /// Lists once more and goes on watching from there. When it returns, the store has everything that had happened when it was called,
    /// however far behind the watch was. A list that fails is tried again, until the token is cancelled.
    /// </summary>
    public Task ListAgainAsync(CancellationToken cancellation)
    {
        var relist = _relist;
        relist.Wish();
        return relist.Done.WaitAsync(cancellation);
    }

    /// <summary>Runs until the token is cancelled; then it throws OperationCanceledException. Call it once.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var relist = NextRelist();
            using var round = CancellationTokenSource.CreateLinkedTokenSource(cancellation, relist.Wished);
            try
            {
                _version ??= await ListAsync(cancellation);
                await WatchAsync(_version, round.Token);
            }
            catch (OperationCanceledException) when (relist.Wished.IsCancellationRequested && !cancellation.IsCancellationRequested)
            {
                // The watch was left for a list that somebody asked for.
            }
#pragma warning disable CA1031 // Credentials that cannot be had or an index function that fails must not blind the process until its restart.
            catch (Exception exception) when (!cancellation.IsCancellationRequested)
#pragma warning restore CA1031
            {
                await RecoverAsync(exception, cancellation);
            }
        }
    }

    /// <summary>The wish that the coming watch is left for. One that has come already is owed, and the next list is begun after it.</summary>
    private Relist NextRelist()
    {
        if (!_relist.Wished.IsCancellationRequested)
            return _relist;
        _owed.Add(_relist);
        _version = null;
        return _relist = new Relist();
    }

    private async Task<string> ListAsync(CancellationToken cancellation)
    {
        var list = await _client.ListAsync(Type, _options.Namespace, _options.LabelSelector, cancellation);
        Store.Replace(list);
        WatchLog.Listed(_logger, list.Items.Count, Type, list.ResourceVersion);
        _synced.TrySetResult();
        _owed.ForEach(relist => relist.Fulfil());
        _owed.Clear();
        return list.ResourceVersion;
    }

    private async Task WatchAsync(string from, CancellationToken cancellation)
    {
        var opened = _time.GetTimestamp();
        var events = 0;
        await foreach (var watchEvent in _client.WatchAsync(Type, _options.Namespace, _options.LabelSelector, from, cancellation))
        {
            if (Version.IsOlder(Version.Of(watchEvent.Object), Version.Of(_version ?? from)))
                throw new ClusterException(410, ClusterReasons.Expired, $"the cluster went back from version {_version}");
            Store.Apply(watchEvent);
            _version = watchEvent.Object.ResourceVersion is { Length: > 0 } version ? version : _version;
            _failures = 0;
            events++;
        }

        if (events == 0 && _time.GetElapsedTime(opened) < VeryShort)
            throw new ClusterException(0, ClusterReasons.Unreachable, "the watch ended at once and without an event");
        _failures = 0;
        WatchLog.Resumes(_logger, Type, _version!, "the server ended it");
    }

    private async Task RecoverAsync(Exception exception, CancellationToken cancellation)
    {
        if (_version is not null && MayResume(exception))
            WatchLog.Resumes(_logger, Type, _version, exception.Message);
        else if (_version is not null)
            WatchLog.ListsAgain(_logger, Type, exception.Message);

        if (!MayResume(exception))
            _version = null;
        _failures++;
        // One expired version or one broken connection is the ordinary end of a watch; only what repeats is worth a warning.
        var wait = _options.Backoff.After(_failures, _jitter);
        if (_failures > 1)
            WatchLog.Failed(_logger, Type, _failures, wait, exception.Message);
        await Task.Delay(wait, _time, cancellation);
    }

    /// <summary>
    /// Whether the version is still good: nothing was answered, or "not now". Any other refusal may concern the version itself (410, or 504
    /// "too large resource version"), what could not be read is missing in the cache, and silence without even a bookmark is what
    /// a watch from a version that the cluster, restored from a backup, has not reached again sounds like.
    /// </summary>
    private static bool MayResume(Exception exception) => exception is
        ClusterException { Code: 429 } or
        ClusterException { Code: 0, Reason: ClusterReasons.Unreachable or ClusterReasons.Timeout };
}
