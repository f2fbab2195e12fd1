using System.Buffers;

namespace ChatApp.Inference.Forwarding;

/// <summary>Bytes on their way to the caller, in a buffer that is only held while there are any.</summary>
internal sealed class PooledOutput : IBufferWriter<byte>, IDisposable
{
    private const int SmallestBuffer = 1024;

    private byte[] _buffer = [];
    private int _start;
    private int _end;

    public int Length => _end - _start;

    /// <summary>What is there; valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(_start, Length);

    public void Advance(int count) => _end += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _buffer.AsMemory(_end);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _buffer.AsSpan(_end);
    }

    /// <summary>Takes the newest bytes back, so that <paramref name="length"/> are left.</summary>
    public void Truncate(int length) => _end = _start + length;

    /// <summary>Moves bytes to a reader's buffer.</summary>
    /// <returns>How many.</returns>
    public int Take(Span<byte> destination)
    {
        var count = Math.Min(destination.Length, Length);
        _buffer.AsSpan(_start, count).CopyTo(destination);
        _start += count;
        if (_start == _end)
        {
            Dispose();
        }

        return count;
    }

    public void Dispose()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
        }

        _start = _end = 0;
    }

    private void Reserve(int size)
    {
        if (_buffer.Length - _end >= size)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Math.Max(Length + size, SmallestBuffer), Length * 2));
        var length = Length;
        Written.CopyTo(larger);
        Dispose();
        _buffer = larger;
        _end = length;
    }
}
