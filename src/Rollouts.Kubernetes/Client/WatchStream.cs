using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rollouts.Kubernetes.Reading;

namespace Rollouts.Kubernetes.Client;

/// <summary>
/// The events of one watch: a JSON object in each line. The package's own reader skips what it cannot decode and stays silent about
/// a 410 in the stream; here nothing is skipped: what cannot be read is an error, so that the cache lists again.
/// </summary>
internal sealed class WatchStream(Stream body, TimeSpan silence, TimeProvider time) : IAsyncDisposable
{
    private readonly PipeReader _reader = PipeReader.Create(body);

    /// <summary>The next event; null where the server ended the watch between two events.</summary>
    public async ValueTask<WatchEvent?> NextAsync(CancellationToken cancellation)
    {
        while (true)
        {
            if (!_reader.TryRead(out var read))
                read = await ReadAsync(cancellation);
            if (LineIn(read.Buffer) is { } line)
            {
                var watchEvent = Parse(line);
                _reader.AdvanceTo(read.Buffer.GetPosition(1, line.End));
                if (watchEvent is not null)
                    return watchEvent;
            }
            else if (read.IsCompleted)
            {
                return read.Buffer.IsEmpty ? null : throw Refusal.NoAnswer("the watch", new IOException("it ended in the middle of an event"));
            }
            else
            {
                _reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            }
        }
    }

    public ValueTask DisposeAsync() => _reader.CompleteAsync();

    private async ValueTask<ReadResult> ReadAsync(CancellationToken cancellation)
    {
        using var silent = new CancellationTokenSource(silence, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silent.Token, cancellation);
        try
        {
            return await _reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new ClusterException(0, ClusterReasons.Silent, $"nothing arrived on the watch for {silence.TotalSeconds:0} s");
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            throw Refusal.NoAnswer("the watch", exception);
        }
    }

    private static ReadOnlySequence<byte>? LineIn(ReadOnlySequence<byte> buffer) =>
        buffer.PositionOf((byte)'\n') is { } end ? buffer.Slice(0, end) : null;

    private static WatchEvent? Parse(ReadOnlySequence<byte> line)
    {
        if (line.IsEmpty)
            return null;
        try
        {
            var reader = new Utf8JsonReader(line);
            if (JsonNode.Parse(ref reader) is not JsonObject envelope || envelope.Object("object") is not { } obj)
                throw Undecodable(line, null);
            envelope.Remove("object");
            return envelope.Text("type") switch
            {
                "ADDED" => new WatchEvent(WatchEventType.Added, obj),
                "MODIFIED" => new WatchEvent(WatchEventType.Modified, obj),
                "DELETED" => new WatchEvent(WatchEventType.Deleted, obj),
                "BOOKMARK" => new WatchEvent(WatchEventType.Bookmark, obj),
                "ERROR" => throw Refusal.FromStatus(obj, 500),
                _ => throw Undecodable(line, null),
            };
        }
        catch (JsonException exception)
        {
            throw Undecodable(line, exception);
        }
    }

    private static ClusterException Undecodable(ReadOnlySequence<byte> line, Exception? cause)
    {
        const int shown = 200;
        var start = Encoding.UTF8.GetString(line.Slice(0, Math.Min(line.Length, shown)));
        return new ClusterException(0, ClusterReasons.Undecodable, $"the watch sent what is no event: {start}", cause);
    }
}
