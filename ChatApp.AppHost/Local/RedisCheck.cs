using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace ChatApp.AppHost.Local;

/// <summary>Redis answers a PING after the password, over a plain socket: the AppHost needs no Redis client for anything else.</summary>
internal static class RedisCheck
{
    /// <param name="connectionString"><c>host:port,password=…</c></param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public static async Task AnswersAsync(string connectionString, CancellationToken cancellationToken)
    {
        var (host, port, password) = Parse(connectionString);
        using var client = new TcpClient();
        await client.ConnectAsync(host, port, cancellationToken);
        var stream = client.GetStream();
        var request = password is null ? "*1\r\n$4\r\nPING\r\n" : $"*2\r\n$4\r\nAUTH\r\n${Encoding.UTF8.GetByteCount(password)}\r\n{password}\r\n*1\r\n$4\r\nPING\r\n";
        await stream.WriteAsync(Encoding.UTF8.GetBytes(request), cancellationToken);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        string? line = null;
        for (var replies = password is null ? 1 : 2; replies > 0; replies--)
        {
            line = await reader.ReadLineAsync(cancellationToken);
        }

        // While it loads its log Redis says -LOADING, which is not yet an answer.
        if (line != "+PONG")
        {
            throw new InvalidOperationException($"Redis says {line}");
        }
    }

    private static (string Host, int Port, string? Password) Parse(string connectionString)
    {
        var parts = connectionString.Split(',');
        var separator = parts[0].LastIndexOf(':');
        var password = parts.Skip(1).FirstOrDefault(part => part.StartsWith("password=", StringComparison.Ordinal))?["password=".Length..];
        return (parts[0][..separator], int.Parse(parts[0][(separator + 1)..], CultureInfo.InvariantCulture), password);
    }
}
