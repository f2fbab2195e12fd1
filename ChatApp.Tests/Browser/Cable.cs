using System.Net;
using System.Net.Sockets;

namespace ChatApp.Tests.Browser;

/// <summary>
/// What the browser reaches a site through, and a test can pull out: every connection breaks, and no other comes about until it
/// is put back. (The browser's own offline mode lets streams run on that are open already.)
/// </summary>
internal sealed class Cable : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Uri _site;
    private readonly Lock _gate = new();
    private readonly HashSet<TcpClient> _open = [];
    private bool _pulled;

    public Cable(Uri site)
    {
        _site = site;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _ = ListenAsync();
    }

    public Uri Address { get; }

    public void Pull()
    {
        lock (_gate)
        {
            _pulled = true;
            foreach (var connection in _open)
            {
                connection.Client.Close(0); // A reset, not a polite end.
            }

            _open.Clear();
        }
    }

    public void PutBack()
    {
        lock (_gate)
        {
            _pulled = false;
        }
    }

    public void Dispose()
    {
        Pull();
        _listener.Dispose();
    }

    private async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                _ = CarryAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task CarryAsync(TcpClient browser)
    {
        using var site = new TcpClient();
        using (browser)
        {
            lock (_gate)
            {
                if (_pulled)
                {
                    return;
                }

                _open.Add(browser);
                _open.Add(site);
            }

            try
            {
                await site.ConnectAsync(_site.Host, _site.Port);
                await Task.WhenAny(CopyAsync(browser, site), CopyAsync(site, browser));
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                // Pulled.
            }

            lock (_gate)
            {
                _open.Remove(browser);
                _open.Remove(site);
            }
        }
    }

    private static async Task CopyAsync(TcpClient from, TcpClient to)
    {
        try
        {
            await from.GetStream().CopyToAsync(to.GetStream());
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Pulled, or one side has left.
        }
    }
}
