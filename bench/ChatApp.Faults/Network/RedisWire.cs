using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace ChatApp.Faults.Network;

/// <summary>Speaks to Redis itself, one connection a command: for FLUSHALL, CONFIG and the like.</summary>
public sealed class RedisWire(int port, string password)
{
    /// <summary>Runs a command, and gives the first line of the answer.</summary>
    public async Task<string> DoAsync(CancellationToken cancellationToken, params string[] command)
    {
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync("127.0.0.1", port, cancellationToken);
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.UTF8);
        await stream.WriteAsync(Encode(["AUTH", password]), cancellationToken);
        var allowed = await reader.ReadLineAsync(cancellationToken);
        if (allowed is not "+OK")
        {
            throw new IOException($"Redis said '{allowed}' to AUTH.");
        }

        await stream.WriteAsync(Encode(command), cancellationToken);
        return await reader.ReadLineAsync(cancellationToken) ?? throw new IOException("Redis hung up.");
    }

    /// <summary>Waits until Redis answers and has loaded its data.</summary>
    public async Task ReadyAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                if (await DoAsync(cancellationToken, "PING") == "+PONG")
                {
                    return;
                }
            }
            catch (Exception exception) when (exception is SocketException or IOException)
            {
                // It is on its way.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }
    }

    private static byte[] Encode(string[] command)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"*{command.Length}\r\n");
        foreach (var word in command)
        {
            text.Append(CultureInfo.InvariantCulture, $"${Encoding.UTF8.GetByteCount(word)}\r\n{word}\r\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
