using ChatApp.Tests.Stack;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatApp.Tests.Browser;

/// <summary>What people and models write is text, whatever it pretends to be.</summary>
[Trait("Category", "Browser")]
[Collection(OneBrowser.Name)]
public sealed class HostileTextTests(StackFixture stack, ChromiumFixture chromium)
{
    private const string Hostile = """
        <script>window.pwned = 1</script><img src=x onerror="window.pwned = 1"><svg onload="window.pwned = 1"></svg>
        [a](javascript:window.pwned=1) [b](data:text/html,<script>window.pwned=1</script>) [c](vbscript:x) [d](/sign-out)
        [h](//elsewhere.example/h) [i](&#106;avascript:window.pwned=1) [j](JaVaScRiPt&colon;window.pwned=1) [k](java&Tab;script:window.pwned=1) ![l](data:image/svg+xml,x)
        ![e](https://elsewhere.example/pixel.png) <iframe src="https://elsewhere.example/"></iframe>
        <a href="javascript:window.pwned=1" class="button primary" style="position:fixed;inset:0" id="main">f</a>
        <!--Blazor:{"type":"server","sequence":0}--> <form action="https://elsewhere.example/"><input name=x></form>

        ```"><img src=x onerror=window.pwned=1>
        </code></pre><script>window.pwned = 1</script>
        ```
        | <img src=x onerror=window.pwned=1> | [g](https://good.example/ "t\" onmouseover=\"window.pwned=1") |
        |---|---|
        | `<b>` | ok |
        """;

    [Theory]
    [InlineData("stored")]
    [InlineData("one piece at a time")]
    public async Task Answer_WithHostileMarkdown_DoesNothing(string how)
    {
        await using var nora = await Person.ArriveAsync(chromium.Browser, BrowserSite.Of(stack));
        var foreign = new List<string>();
        nora.Page.Request += (_, request) =>
        {
            if (request.Url.Contains("elsewhere.example", StringComparison.Ordinal))
            {
                foreign.Add(request.Url);
            }
        };
        await nora.SignUpAsync();

        await nora.Page.EvaluateAsync("""
            async ([text, how]) => {
              const shown = document.createElement('chat-markdown');
              shown.id = 'shown';
              if (how === 'stored') shown.setAttribute('text', text);
              document.querySelector('main').append(shown);
              if (how !== 'stored') {
                for (let at = 0; at < text.length; at += 7) {
                  shown.append(text.slice(at, at + 7));
                  await new Promise(requestAnimationFrame);
                }
                shown.finish();
              }
            }
            """, new[] { Hostile, how });
        await nora.Page.WaitForTimeoutAsync(300);

        var shown = nora.Page.Locator("#shown");
        Assert.Null(await nora.Page.EvaluateAsync<int?>("() => window.pwned ?? null"));
        Assert.Empty(foreign);
        await Expect(shown.Locator("script, img, svg:not(.icon), iframe, form, style, [onerror], [onload], [style], [class*=button], input:not([disabled])")).ToHaveCountAsync(0);
        Assert.Equal(
            ["https://elsewhere.example/pixel.png", "https://good.example/"],
            await shown.Locator("a[href]").EvaluateAllAsync<string[]>("links => links.map(link => link.href)"));
        Assert.All(
            await shown.Locator("a[href]").EvaluateAllAsync<string[]>("links => links.map(link => `${link.target} ${link.rel}`)"),
            link => Assert.Equal("_blank noopener noreferrer nofollow", link));
        await Expect(shown.Locator("a[href] .link-host")).ToHaveTextAsync(["elsewhere.example", "good.example"]);
        await Expect(shown).ToContainTextAsync("<script>window.pwned = 1</script>");
        nora.AssertNoComplaints();
    }

    [Fact]
    public async Task Message_WithHostileText_IsShownAsTyped()
    {
        await using var nora = await Person.ArriveAsync(chromium.Browser, BrowserSite.Of(stack));
        await nora.SignUpAsync();
        await nora.PickCharacterAsync();
        const string text = "<img src=x onerror=\"window.pwned=1\"> <script>window.pwned=1</script> **not bold** <!--Blazor:{}-->";

        await nora.SayAsync(text);
        await nora.AnswerAsync(1);
        await nora.Page.ReloadAsync();

        await Expect(nora.Page.Locator("[data-stored] .mine .said")).ToHaveTextAsync(text);
        await Expect(nora.Page.Locator("[data-stored] .mine .said *")).ToHaveCountAsync(0);
        Assert.Null(await nora.Page.EvaluateAsync<int?>("() => window.pwned ?? null"));

        // Nor as a title in the sidebar.
        await Expect(nora.Page.Locator(".conversation-title *")).ToHaveCountAsync(0);
        nora.AssertNoComplaints();
    }

    [Fact]
    public async Task Answer_GrownInPieces_LooksLikeTheStoredOne()
    {
        await using var nora = await Person.ArriveAsync(chromium.Browser, BrowserSite.Of(stack));
        await nora.SignUpAsync();
        const string text = "# One\n\nTwo *three*\nfour\n\n- a\n\n- b\n  - c\n\n1. x\n2. y\n\n```js\nlet a = 1;\n```\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n> q\n\nend";

        var (stored, grown, finished) = await GrowAsync(nora.Page, text);

        Assert.Equal(stored, grown);
        Assert.Equal(stored, finished);
        nora.AssertNoComplaints();
    }

    private static async Task<(string Stored, string Grown, string Finished)> GrowAsync(IPage page, string text)
    {
        var all = await page.EvaluateAsync<string[]>("""
            async text => {
              const stored = document.createElement('chat-markdown');
              stored.setAttribute('text', text);
              const live = document.createElement('chat-markdown');
              document.querySelector('main').append(stored, live);
              for (const sign of text) {
                live.append(sign);
                await new Promise(requestAnimationFrame);
              }
              await new Promise(done => setTimeout(done, 300));
              const plain = element => element.innerHTML.replace(/<span class="hljs[^>]*>|<\/span>/g, '');
              const grown = plain(live);
              live.finish();
              await new Promise(done => setTimeout(done, 300));
              return [plain(stored), grown, plain(live)];
            }
            """, text);
        return (all[0], all[1], all[2]);
    }
}
