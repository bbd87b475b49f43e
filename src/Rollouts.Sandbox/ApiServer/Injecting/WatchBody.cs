namespace Rollouts.Sandbox.ApiServer.Injecting;

/// <summary>The body of a watch, which does something else once so many events have been sent.</summary>
/// <remarks>Each event is one write and one flush; the first flush, before any event, tells the caller that the watch has begun.</remarks>
internal sealed class WatchBody(Stream body, int events, Func<Task> then) : Stream
{
    private int written;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await body.WriteAsync(buffer, cancellationToken);
        written++;
    }

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        await body.FlushAsync(cancellationToken);
        if (written >= events)
            await then();
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() => body.Flush();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("watches are written asynchronously");

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
