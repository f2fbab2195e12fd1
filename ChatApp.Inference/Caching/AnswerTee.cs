using System.Buffers;

namespace ChatApp.Inference.Caching;

/// <summary>Writes an answer to its caller and keeps what was written, up to a length; a longer one just passes.</summary>
internal sealed class AnswerTee(Stream caller, int maximumLength) : Stream
{
    private ArrayBufferWriter<byte>? _kept = new(4096);

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>All that was written; null when that was too much, or a write failed.</summary>
    public byte[]? Kept => _kept?.WrittenSpan.ToArray();

    public override void Flush() => caller.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => caller.FlushAsync(cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count)
    {
        Keep(buffer.AsSpan(offset, count));
        caller.Write(buffer, offset, count);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // A write that fails ends the call, and then nothing of it is kept.
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Keep(buffer.Span);
        return caller.WriteAsync(buffer, cancellationToken);
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (_kept is not { } kept)
        {
            return;
        }

        if (kept.WrittenCount + bytes.Length > maximumLength)
        {
            _kept = null;
            return;
        }

        kept.Write(bytes);
    }
}
