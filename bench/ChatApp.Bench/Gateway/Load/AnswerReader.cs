using System.Buffers.Text;

namespace ChatApp.Bench.Gateway.Load;

/// <summary>Reads one HTTP/1.1 answer as its bytes come, wherever they are cut, and passes on the lines of its events. Allocates nothing on the way.</summary>
internal sealed class AnswerReader
{
    private readonly LineHold _frame = new();
    private readonly LineHold _events = new();
    private TokenOrder _order = new(0);
    private Part _part;
    private long _left;
    private bool _isChunked;

    private enum Part
    {
        Status,
        Headers,
        ChunkSize,
        Chunk,
        ChunkEnd,
        Trailers,
        Body,
        Over,
    }

    /// <summary>The status; 0 before it came.</summary>
    public int Status { get; private set; }

    /// <summary>Whether the answer is there to its end. One without a length ends with its connection.</summary>
    public bool IsOver => _part == Part.Over;

    /// <summary>Whether the server closes the connection after it.</summary>
    public bool Closes { get; private set; }

    /// <summary>Begins with a new answer.</summary>
    public void Begin(TokenOrder order)
    {
        _order = order;
        _part = Part.Status;
        _isChunked = false;
        _left = long.MaxValue;
        _frame.Clear();
        _events.Clear();
        Status = 0;
        Closes = false;
    }

    /// <summary>Takes what has come.</summary>
    /// <exception cref="InvalidDataException">That is no HTTP.</exception>
    public void Take(ReadOnlySpan<byte> bytes, long now)
    {
        while (!bytes.IsEmpty && _part != Part.Over)
        {
            if (_part is Part.Chunk or Part.Body)
            {
                var count = (int)Math.Min(_left, bytes.Length);
                Body(bytes[..count], now);
                bytes = bytes[count..];
                _left -= count;
                if (_left == 0)
                {
                    _part = _part == Part.Chunk ? Part.ChunkEnd : Part.Over;
                }
            }
            else if (_frame.TryTake(ref bytes, out var line))
            {
                Frame(line);
            }
        }
    }

    private void Frame(ReadOnlySpan<byte> line)
    {
        switch (_part)
        {
            case Part.Status:
                Status = Utf8Parser.TryParse(line.Length > 9 ? line[9..] : default, out int status, out _)
                    ? status
                    : throw new InvalidDataException("The answer does not begin with a status.");
                _part = Part.Headers;
                break;
            case Part.Headers when line.IsEmpty:
                _part = _isChunked ? Part.ChunkSize : _left == 0 ? Part.Over : Part.Body;
                break;
            case Part.Headers:
                Header(line);
                break;
            case Part.ChunkSize:
                _left = Utf8Parser.TryParse(line, out int size, out _, 'x') ? size : throw new InvalidDataException("A chunk does not begin with its size.");
                _part = size == 0 ? Part.Trailers : Part.Chunk;
                break;
            case Part.ChunkEnd:
                _part = Part.ChunkSize;
                break;
            case Part.Trailers when line.IsEmpty:
                _part = Part.Over;
                break;
        }
    }

    private void Header(ReadOnlySpan<byte> line)
    {
        if (Value(line, "transfer-encoding:"u8) is { IsEmpty: false })
        {
            _isChunked = true;
        }
        else if (Value(line, "content-length:"u8) is { IsEmpty: false } length && Utf8Parser.TryParse(length, out long bytes, out _))
        {
            _left = bytes;
        }
        else if (Value(line, "connection:"u8) is { IsEmpty: false } connection)
        {
            Closes = connection[0] is (byte)'c' or (byte)'C';
        }
    }

    private static ReadOnlySpan<byte> Value(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name) =>
        line.Length > name.Length && System.Text.Ascii.EqualsIgnoreCase(line[..name.Length], name) ? line[name.Length..].Trim((byte)' ') : default;

    private void Body(ReadOnlySpan<byte> bytes, long now)
    {
        while (_events.TryTake(ref bytes, out var line))
        {
            _order.TakeLine(line, now);
        }
    }
}
