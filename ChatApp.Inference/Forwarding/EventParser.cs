using System.Buffers;

namespace ChatApp.Inference.Forwarding;

/// <summary>
/// Finds whole events in the bytes of a stream of server-sent events, however they were cut into reads. Lines end with a line
/// feed, with or without a carriage return before it. Source of the format: the HTML standard, section 9.2.
/// </summary>
internal sealed class EventParser : IDisposable
{
    /// <summary>The largest event, in bytes.</summary>
    public const int MaximumEvent = 1024 * 1024;

    private const int SmallestBuffer = 4096;

    private byte[] _buffer = [];
    private int _start;
    private int _end;
    private int _line;
    private int _scanned;
    private int _dataStart;
    private int _dataLength;
    private int _nameStart;
    private int _nameLength;
    private bool _hasData;

    /// <summary>The event's name; empty when it has none. Valid until the next call of any method.</summary>
    public ReadOnlySpan<byte> Name => _buffer.AsSpan(_nameStart, _nameLength);

    /// <summary>The event's data, lines joined by a line feed. Valid until the next call of any method.</summary>
    public ReadOnlySpan<byte> Data => _buffer.AsSpan(_dataStart, _dataLength);

    /// <summary>Whether nothing of a next event is here.</summary>
    public bool IsEmpty => _start == _end;

    /// <summary>Room for more bytes; tell with <see cref="Advance"/> how many came.</summary>
    /// <exception cref="InvalidDataException">The event is too large.</exception>
    public Memory<byte> Room()
    {
        if (_end - _start >= MaximumEvent)
        {
            throw new InvalidDataException($"An event is larger than {MaximumEvent} bytes.");
        }

        if (_buffer.Length - _end < SmallestBuffer / 4)
        {
            // What is consumed makes room; a larger event takes a larger buffer.
            var needed = _end - _start + SmallestBuffer;
            var buffer = needed <= _buffer.Length ? _buffer : ArrayPool<byte>.Shared.Rent(Math.Max(needed, (_end - _start) * 2));
            _buffer.AsSpan(_start, _end - _start).CopyTo(buffer);
            if (!ReferenceEquals(buffer, _buffer))
            {
                Return();
                _buffer = buffer;
            }

            Shift();
        }

        return _buffer.AsMemory(_end);
    }

    /// <summary>Takes what was read into the room.</summary>
    public void Advance(int count) => _end += count;

    /// <summary>Goes to the next whole event with data.</summary>
    /// <returns>Whether there is one; if not, more bytes are needed.</returns>
    public bool TryNext()
    {
        if (_start == _line)
        {
            Forget();
        }

        while (_scanned < _end)
        {
            var length = _buffer.AsSpan(_scanned, _end - _scanned).IndexOf((byte)'\n');
            if (length < 0)
            {
                _scanned = _end;
                break;
            }

            var from = _line;
            var to = _scanned + length;
            _scanned = _line = to + 1;
            if (to > from && _buffer[to - 1] == '\r')
            {
                to--;
            }

            if (to > from)
            {
                TakeField(from, to);
            }
            else
            {
                // An empty line ends the event. What is before it is not needed once the caller has seen it.
                _start = _line;
                if (_hasData)
                {
                    return true;
                }

                Forget();
            }
        }

        return false;
    }

    /// <summary>At the stream's end: takes what is there for a whole event. The last empty line may be missing; whether the data is whole shows in the data.</summary>
    public bool TryLast()
    {
        if (IsEmpty)
        {
            return false;
        }

        var room = Room().Span;
        "\n\n"u8.CopyTo(room);
        Advance(2);
        return TryNext();
    }

    /// <summary>Gives the buffer back where nothing is in it, for the time until more bytes come.</summary>
    public void Release()
    {
        if (IsEmpty && _buffer.Length > 0)
        {
            Return();
            _buffer = [];
            _start = _end = _line = _scanned = 0;
            Forget();
        }
    }

    public void Dispose()
    {
        _start = _end;
        Release();
    }

    private void TakeField(int from, int to)
    {
        var line = _buffer.AsSpan(from, to - from);
        var colon = line.IndexOf((byte)':');
        var name = colon < 0 ? line : line[..colon];
        var value = colon < 0 ? to : from + colon + 1;
        value += value < to && _buffer[value] == ' ' ? 1 : 0;
        if (name.SequenceEqual("data"u8))
        {
            if (!_hasData)
            {
                _hasData = true;
                _dataStart = value;
                _dataLength = to - value;
                return;
            }

            // The lines of one event's data are made one: it can only move towards the beginning.
            _buffer[_dataStart + _dataLength++] = (byte)'\n';
            _buffer.AsSpan(value, to - value).CopyTo(_buffer.AsSpan(_dataStart + _dataLength));
            _dataLength += to - value;
        }
        else if (name.SequenceEqual("event"u8))
        {
            _nameStart = value;
            _nameLength = to - value;
        }
        else if (name.SequenceEqual("error"u8))
        {
            // llama-server's way to say that it failed.
            throw new InvalidDataException("The engine said that it failed.");
        }

        // Comments have an empty name; ids and retry times say nothing here.
    }

    private void Forget()
    {
        _hasData = false;
        _dataStart = _dataLength = _nameStart = _nameLength = 0;
    }

    private void Shift()
    {
        _end -= _start;
        _line -= _start;
        _scanned -= _start;
        _dataStart -= _hasData ? _start : _dataStart;
        _nameStart -= _nameLength > 0 ? _start : _nameStart;
        _start = 0;
    }

    private void Return()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }
    }
}
