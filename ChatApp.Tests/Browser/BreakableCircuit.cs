using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace ChatApp.Tests.Browser;

/// <summary>The connection of a page's circuit, which a test can cut, and keep from coming back by any of its ways.</summary>
internal sealed partial class BreakableCircuit
{
    private IWebSocketRoute? _socket;
    private bool _cut;

    public static async Task<BreakableCircuit> OfAsync(IPage page)
    {
        var circuit = new BreakableCircuit();
        await page.RouteWebSocketAsync(Address(), route =>
        {
            if (circuit._cut)
            {
                _ = route.CloseAsync();
                return;
            }

            route.ConnectToServer();
            circuit._socket = route;
        });
        await page.RouteAsync(Address(), route => circuit._cut ? route.AbortAsync() : route.ContinueAsync());
        return circuit;
    }

    public Task BreakAsync()
    {
        _cut = true;
        return _socket!.CloseAsync();
    }

    public void Mend() => _cut = false;

    [GeneratedRegex("/_blazor", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();
}
