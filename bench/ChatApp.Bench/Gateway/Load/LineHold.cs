namespace ChatApp.Bench.Gateway.Load;

/// <summary>Puts lines together that come in pieces.</summary>
internal sealed class LineHold
{
    private const int Longest = 16 * 1024;

    private byte[] _held = new byte[512];
    private int _length;

    public void Clear() => _length = 0;

    /// <summary>Takes a line from the bytes; without a line's end in them, keeps all of them for the next time.</summary>
    /// <param name="bytes">What came; afterwards what follows the line.</param>
    /// <param name="line">Without its end; good until the next call.</param>
    /// <exception cref="InvalidDataException">A line is longer than any of these servers writes.</exception>
    public bool TryTake(ref ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> line)
    {
        var end = bytes.IndexOf((byte)'\n');
        if (end < 0)
        {
            Hold(bytes);
            bytes = default;
            line = default;
            return false;
        }

        line = bytes[..end];
        if (_length > 0)
        {
            Hold(line);
            line = _held.AsSpan(0, _length);
            _length = 0;
        }

        bytes = bytes[(end + 1)..];
        if (line is [.., (byte)'\r'])
        {
            line = line[..^1];
        }

        return true;
    }

    private void Hold(ReadOnlySpan<byte> part)
    {
        if (_length + part.Length > Longest)
        {
            throw new InvalidDataException($"A line is longer than {Longest} bytes.");
        }

        if (_length + part.Length > _held.Length)
        {
            Array.Resize(ref _held, Math.Min(Longest, 2 * (_length + part.Length)));
        }

        part.CopyTo(_held.AsSpan(_length));
        _length += part.Length;
    }
}
