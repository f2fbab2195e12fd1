using ChatApp.Tests.Stack;
using Microsoft.Playwright;
using Xunit;

namespace ChatApp.Tests.Browser;

/// <summary>
/// The machine's own Chromium, driven by Playwright (nothing is downloaded). <c>CHROMIUM_PATH</c> names another one;
/// <c>SCREENSHOTS</c> names the folder for pictures, else they lie in .artifacts/screenshots.
/// </summary>
public sealed class ChromiumFixture : IAsyncLifetime
{
    private static readonly string[] UsualPlaces =
        ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/opt/google/chrome/chrome", "/snap/bin/chromium"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public static string Screenshots { get; } =
        Environment.GetEnvironmentVariable("SCREENSHOTS") is { Length: > 0 } folder ? folder : RepositoryFolder.Artifacts("screenshots");

    internal IBrowser Browser => _browser!;

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Find(),
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
        Directory.CreateDirectory(Screenshots);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    private static string Find()
    {
        var named = Environment.GetEnvironmentVariable("CHROMIUM_PATH");
        var path = string.IsNullOrEmpty(named) ? UsualPlaces.FirstOrDefault(File.Exists) : named;
        return path is not null && File.Exists(path)
            ? path
            : throw new InvalidOperationException("No Chromium was found: install it (apt-get install chromium) or name one by CHROMIUM_PATH.");
    }
}
