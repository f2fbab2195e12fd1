using System.Collections.Concurrent;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace ChatApp.Tests.Browser;

/// <summary>
/// A person at a browser: what they do on the site, in the words of the pages. Anything that the browser's console or a
/// script complains of is kept and fails the test at its end.
/// </summary>
internal sealed class Person : IAsyncDisposable
{
    public const string Password = "a long enough secret";

    // The engine is shared with the other tests and may run on one slow core.
    private const float Patience = 60_000;

    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly bool _withScript;

    private Person(IBrowserContext context, IPage page, bool withScript)
    {
        _context = context;
        _withScript = withScript;
        Page = page;
    }

    public IPage Page { get; }

    public IBrowserContext Context => _context;

    public IReadOnlyCollection<string> Complaints => _complaints;

    public ILocator Composer => Page.Locator("[data-text]");

    public ILocator StopButton => Page.GetByRole(AriaRole.Button, new() { Name = "Stop the answer" });

    public ILocator LiveAnswer => Page.Locator("[data-live] .theirs chat-markdown");

    public ILocator StoredAnswers => Page.Locator("[data-stored] .theirs");

    /// <summary>Everything that is said and in view, stored or live, in the order of the page.</summary>
    public ILocator Messages => Page.Locator(".messages > .message:not([hidden])");

    public ILocator Answers => Page.Locator(".messages > .theirs:not([hidden])");

    public ILocator Conversations => Page.Locator("li.conversation");

    public static async Task<Person> ArriveAsync(IBrowser browser, Uri site, ColorScheme theme = ColorScheme.Dark, bool onPhone = false, bool withScript = true)
    {
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = site.ToString(),
            ColorScheme = theme,
            JavaScriptEnabled = withScript,
            ViewportSize = onPhone ? new() { Width = 360, Height = 780 } : new() { Width = 1280, Height = 800 },
            HasTouch = onPhone,
            IsMobile = onPhone,
            // What a browser with a window lets a page do that was just clicked.
            Permissions = ["clipboard-write"],
        });
        context.SetDefaultTimeout(Patience);
        await context.AddInitScriptAsync(WatchAnswers);
        var person = new Person(context, await context.NewPageAsync(), withScript);
        person.Listen(person.Page);
        return person;
    }

    /// <summary>The same person's second tab.</summary>
    public async Task<IPage> OpenTabAsync(string path)
    {
        var page = await _context.NewPageAsync();
        Listen(page);
        await page.GotoAsync(path);
        return page;
    }

    /// <summary>Makes an account, by the forms, and arrives at the characters.</summary>
    public async Task<string> SignUpAsync()
    {
        var email = $"nora.{Guid.NewGuid():N}@example.com";
        await Page.GotoAsync("/");
        await Page.GetByRole(AriaRole.Link, new() { Name = "Create an account" }).ClickAsync();
        await Page.GetByLabel("Name").FillAsync("Nora");
        await Page.GetByLabel("E-mail").FillAsync(email);
        await Page.GetByLabel("Password").FillAsync(Password);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Create account" }).ClickAsync();
        await Page.WaitForURLAsync("**/characters");
        await Page.Locator(".card h2").First.WaitForAsync();
        if (_withScript)
        {
            // By the circuit, which took the page over; on a phone it is in the drawer.
            await Page.Locator(".conversation, .sidebar-note").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        }

        return email;
    }

    /// <summary>The same account on another device, looking at the same page.</summary>
    public async Task<Person> OnAnotherDeviceAsync(string email)
    {
        var path = new Uri(Page.Url).AbsolutePath;
        var device = await ArriveAsync(_context.Browser!, new Uri(new Uri(Page.Url), "/"));
        await device.Page.GotoAsync($"/sign-in?returnUrl={path}");
        await device.Page.GetByLabel("E-mail").FillAsync(email);
        await device.Page.GetByLabel("Password").FillAsync(Password);
        await device.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await device.Composer.WaitForAsync();
        return device;
    }

    /// <summary>Starts a conversation with the first character and returns its name.</summary>
    public async Task<string> PickCharacterAsync()
    {
        if (!Page.Url.EndsWith("/characters", StringComparison.Ordinal))
        {
            await Page.GetByRole(AriaRole.Link, new() { Name = "New conversation" }).ClickAsync();
        }

        var card = Page.Locator(".card").First;
        var name = await card.Locator("h2").InnerTextAsync();
        await card.GetByRole(AriaRole.Button).ClickAsync();
        await Page.WaitForURLAsync("**/chat/**");
        await Composer.WaitForAsync();
        return name;
    }

    public async Task SayAsync(string text)
    {
        await Composer.FillAsync(text);
        await Composer.PressAsync("Enter");
    }

    /// <summary>Waits until the last of so many answers is stored, and returns its text.</summary>
    public async Task<string> AnswerAsync(int number)
    {
        await StopButton.WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await StoredAnswers.Nth(number - 1).WaitForAsync();
        return await StoredAnswers.Nth(number - 1).Locator("chat-markdown").InnerTextAsync();
    }

    /// <summary>Which lengths the live answer went through, and whether the typing indicator was there before.</summary>
    public async Task<AnswerSeen> SeenAsync() => await Page.EvaluateAsync<AnswerSeen>("() => window.__seen");

    /// <summary>Presses one of the small buttons in a message's foot.</summary>
    public static async Task ActAsync(ILocator message, string name)
    {
        await message.HoverAsync();
        await message.GetByRole(AriaRole.Button, new() { Name = name }).ClickAsync();
    }

    public async Task PictureAsync(string name)
    {
        await Page.EvaluateAsync("() => document.fonts.ready.then(() => undefined)");
        await Page.ScreenshotAsync(new() { Path = Path.Combine(ChromiumFixture.Screenshots, $"{name}.png"), Animations = ScreenshotAnimations.Disabled });
    }

    /// <summary>Fails on anything that axe calls serious or critical.</summary>
    public async Task AssertAccessibleAsync(string where)
    {
        var result = await Page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        var serious = result.Violations
            .Where(violation => violation.Impact is "serious" or "critical")
            .Select(violation => $"{where}: {violation.Impact} {violation.Id}: {string.Join(", ", violation.Nodes.Select(node => node.Html))}");
        Assert.Empty(serious);
    }

    /// <summary>Fails on anything wider than the window.</summary>
    public async Task AssertFitsAsync(string where)
        => Assert.False(await Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > innerWidth"), $"{where} scrolls sideways");

    public void AssertNoComplaints() => Assert.Empty(Complaints);

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    private void Listen(IPage page)
    {
        page.Console += (_, message) =>
        {
            if (message.Type is "error")
            {
                _complaints.Enqueue($"console: {message.Text} ({message.Location})");
            }
        };
        page.PageError += (_, error) => _complaints.Enqueue($"script: {error}");
    }

    /// <summary>What the watcher saw of the answer that is being written.</summary>
    internal sealed class AnswerSeen
    {
        public bool Typing { get; set; }

        public int[] Lengths { get; set; } = [];
    }

    // A tiny model may answer faster than a test can look: what was on the page at each change is noted by the page itself.
    private const string WatchAnswers = """
        window.__seen = { typing: false, lengths: [] };
        document.addEventListener('DOMContentLoaded', () => new MutationObserver(() => {
          const live = document.querySelector('[data-live] .theirs');
          if (!live) return;
          window.__seen.typing ||= live.querySelector('.typing') !== null;
          const length = live.querySelector('chat-markdown')?.textContent.length ?? 0;
          if (length > 0 && length !== window.__seen.lengths.at(-1)) window.__seen.lengths.push(length);
        }).observe(document.body, { childList: true, subtree: true, characterData: true }));
        """;
}
