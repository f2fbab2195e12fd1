using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using Xunit;

namespace ChatApp.Tests.Accounts.Mail;

/// <summary>An SMTP server that a test plays, for one connection after another: no TLS, and AUTH LOGIN where it is asked for.</summary>
internal sealed class PlayedSmtpServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Channel<(string From, string To, string Text)> _mails = Channel.CreateUnbounded<(string, string, string)>();
    private readonly Task _serving;

    public PlayedSmtpServer()
    {
        _listener.Start();
        _serving = Task.Run(ServeAsync);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What it says to a recipient; that all is well when nothing is set.</summary>
    public Func<string, string>? OnRecipient { get; set; }

    /// <summary>Whether it never says anything at all.</summary>
    public bool IsMute { get; set; }

    /// <summary>Everything that was said to it, the credentials in base 64.</summary>
    public List<string> Heard { get; } = [];

    /// <summary>The next mail that was handed over whole.</summary>
    public async Task<(string From, string To, ReceivedMail Mail)> NextAsync()
    {
        var (from, to, text) = await _mails.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(15));
        return (from, to, ReceivedMail.Read(text));
    }

    public bool HasMail => _mails.Reader.Count > 0;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _serving;
        _stopping.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                // Each for itself: who was refused may keep its connection for a while.
                var client = await _listener.AcceptTcpClientAsync(_stopping.Token);
                _ = Task.Run(async () =>
                {
                    using (client)
                    {
                        await TalkAsync(client.GetStream());
                    }
                });
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException || _stopping.IsCancellationRequested)
        {
        }
    }

    private async Task TalkAsync(NetworkStream stream)
    {
        try
        {
            using var reader = new StreamReader(stream, Encoding.UTF8);
            if (IsMute)
            {
                await Task.Delay(Timeout.Infinite, _stopping.Token);
            }

            await SayAsync("220 played");
            var (from, to) = ("", "");
            while (await reader.ReadLineAsync(_stopping.Token) is { } line)
            {
                Heard.Add(line);
                var said = line.Split(' ')[0].ToUpperInvariant();
                switch (said)
                {
                    case "EHLO":
                        await SayAsync("250-played\r\n250 AUTH LOGIN");
                        break;
                    case "AUTH":
                        // The user's name comes with the command, the password after being asked.
                        await SayAsync("334 UGFzc3dvcmQ6");
                        Heard.Add(await reader.ReadLineAsync(_stopping.Token) ?? "");
                        await SayAsync("235 ok");
                        break;
                    case "MAIL":
                        from = line;
                        await SayAsync("250 ok");
                        break;
                    case "RCPT":
                        to = line;
                        await SayAsync(OnRecipient?.Invoke(line) ?? "250 ok");
                        break;
                    case "DATA":
                        await SayAsync("354 go on");
                        await _mails.Writer.WriteAsync((from, to, await TextAsync(reader)), _stopping.Token);
                        await SayAsync("250 ok");
                        break;
                    case "QUIT":
                        await SayAsync("221 bye");
                        return;
                    default:
                        await SayAsync("250 ok");
                        break;
                }
            }
        }
        catch (Exception ended) when (ended is IOException or OperationCanceledException)
        {
            // The other side has hung up, or the test is over.
        }

        ValueTask SayAsync(string text) => stream.WriteAsync(Encoding.ASCII.GetBytes(text + "\r\n"), _stopping.Token);
    }

    private async Task<string> TextAsync(StreamReader reader)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync(_stopping.Token) is { } line && line != ".")
        {
            text.Append(line.StartsWith("..", StringComparison.Ordinal) ? line[1..] : line).Append("\r\n");
        }

        return text.ToString();
    }
}
