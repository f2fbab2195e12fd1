using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ChatApp.Bench.Streams;

/// <summary>
/// One event stream over a bare socket, read as cheaply as it can be: the reader shares the machine with what it measures.
/// By HTTP/1.0 there are no chunks to take apart.
/// </summary>
internal sealed class RawStream(IPEndPoint server, byte[] request, StreamTally tally)
{
    private const int LineLength = 512;

    private readonly byte[] _line = new byte[LineLength];
    private int _length;
    private long _newest;

    /// <summary>Opens the stream; returns when the answer has begun.</summary>
    /// <exception cref="InvalidOperationException">The answer is not a stream.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(server, cancellationToken);
            await socket.SendAsync(request.AsMemory(), SocketFlags.None, cancellationToken);
            var buffer = new byte[LineLength];
            var read = await socket.ReceiveAsync(buffer.AsMemory(), SocketFlags.None, cancellationToken);
            var head = Encoding.ASCII.GetString(buffer, 0, read);
            if (!head.StartsWith("HTTP/1.1 200", StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"A stream was refused: {head}");
            }

            tally.Opened();
            Take(buffer.AsSpan(0, read));
            _ = ReadAsync(socket, buffer, cancellationToken);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task ReadAsync(Socket socket, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            while (await socket.ReceiveAsync(buffer.AsMemory(), SocketFlags.None, cancellationToken) is > 0 and var read)
            {
                Take(buffer.AsSpan(0, read));
            }
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Counted below.
        }
        finally
        {
            tally.Closed();
            socket.Dispose();
        }
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        while (bytes.IndexOf((byte)'\n') is >= 0 and var end)
        {
            Keep(bytes[..end]);
            TakeLine(_line.AsSpan(0, _length));
            _length = 0;
            bytes = bytes[(end + 1)..];
        }

        Keep(bytes);
    }

    // What is longer than a line of ours is the text from before the stream began, which is not measured.
    private void Keep(ReadOnlySpan<byte> part)
    {
        part = part[..Math.Min(part.Length, LineLength - _length)];
        part.CopyTo(_line.AsSpan(_length));
        _length += part.Length;
    }

    private void TakeLine(ReadOnlySpan<byte> line)
    {
        if (line.StartsWith("id: "u8) && Utf8Parser.TryParse(line[4..], out long number, out _))
        {
            // The first events may skip numbers, as saved text does.
            if (_newest > 2 && number != _newest + 1)
            {
                tally.Gap();
            }

            _newest = number;
            return;
        }

        while (line.IndexOf("t1"u8) is >= 0 and var start)
        {
            line = line[(start + 1)..];
            if (Utf8Parser.TryParse(line, out long sentAt, out var digits) && digits >= 16)
            {
                tally.Token(sentAt);
            }
        }
    }
}
