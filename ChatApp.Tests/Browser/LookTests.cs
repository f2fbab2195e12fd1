using ChatApp.Tests.Stack;
using Microsoft.Playwright;
using Xunit;

namespace ChatApp.Tests.Browser;

/// <summary>The main pages in both themes, on a desktop and a phone: pictures, axe, and nothing wider than the window.</summary>
[Trait("Category", "Browser")]
[Collection(OneBrowser.Name)]
public sealed class LookTests(StackFixture stack, ChromiumFixture chromium)
{
    private const string Markdown = """
        ## How to count words

        Split on *white space* and **count**. In C# that is one line:

        ```csharp
        public static int Count(string text) =>
            text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length; // tabs and line ends too
        ```

        | text | words |
        |---|--:|
        | `one two` | 2 |
        | *(empty)* | 0 |

        > Two words with a hyphen are one, which is what `wc -w` says too.

        1. See [the manual](https://example.com/wc).
        2. Then try it.
        """;

    [Theory]
    [InlineData(ColorScheme.Dark)]
    [InlineData(ColorScheme.Light)]
    public async Task Pages_InBothThemesAndSizes_AreAccessibleAndFit(ColorScheme theme)
    {
        await using var nora = await Person.ArriveAsync(chromium.Browser, BrowserSite.Of(stack), theme);
        var name = theme.ToString().ToLowerInvariant();

        await nora.Page.GotoAsync("/");
        await LookAsync(nora, $"landing-{name}");
        await nora.Page.GotoAsync("/sign-up");
        await nora.Page.GetByRole(AriaRole.Button, new() { Name = "Create account" }).ClickAsync();
        await nora.Page.GetByText("Choose a password.").WaitForAsync();
        await LookAsync(nora, $"sign-up-{name}");

        await nora.SignUpAsync();
        await LookAsync(nora, $"characters-{name}");
        await nora.PickCharacterAsync();
        await LookAsync(nora, $"conversation-{name}");

        await nora.SayAsync("How do I count the words of a text?");
        await nora.AnswerAsync(1);

        // The built-in model writes no tables or code: what an answer with all of that looks like is put in by hand.
        await nora.Page.EvaluateAsync(
            "text => document.querySelector('[data-stored] .theirs chat-markdown').setAttribute('text', text)", Markdown);
        await nora.Page.Locator(".hljs-keyword").First.WaitForAsync();
        await LookAsync(nora, $"chat-{name}");

        await nora.Page.SetViewportSizeAsync(390, 844);
        await nora.Page.GetByRole(AriaRole.Button, new() { Name = "Open the conversations" }).ClickAsync();
        await nora.Page.Locator(".conversation").First.WaitForAsync();
        await nora.AssertAccessibleAsync($"drawer {name}");
        await nora.PictureAsync($"drawer-{name}-phone");
        nora.AssertNoComplaints();
    }

    [Fact]
    public async Task Theme_SwitchedByHand_IsRemembered()
    {
        await using var nora = await Person.ArriveAsync(chromium.Browser, BrowserSite.Of(stack));
        await nora.Page.GotoAsync("/");
        await nora.Page.GetByRole(AriaRole.Button, new() { Name = "Switch between dark and light" }).ClickAsync();

        await nora.Page.ReloadAsync();

        Assert.Equal("light", await nora.Page.Locator("html").GetAttributeAsync("data-theme"));
        nora.AssertNoComplaints();
    }

    [Fact]
    public async Task Notice_Dismissed_StaysAway()
    {
        await using var nora = await Person.ArriveAsync(chromium.Browser, BrowserSite.Of(stack));
        await nora.SignUpAsync();
        await nora.Page.GetByRole(AriaRole.Button, new() { Name = "Dismiss this notice" }).ClickAsync();

        await nora.Page.ReloadAsync();
        await nora.Page.Locator(".card h2").First.WaitForAsync();

        Assert.False(await nora.Page.Locator("dismissible-notice").IsVisibleAsync());
        nora.AssertNoComplaints();
    }

    private static async Task LookAsync(Person nora, string name)
    {
        await nora.AssertAccessibleAsync(name);
        await nora.AssertFitsAsync(name);
        await nora.PictureAsync(name);

        await nora.Page.SetViewportSizeAsync(360, 780);
        await nora.AssertAccessibleAsync($"{name} on a phone");
        await nora.AssertFitsAsync($"{name} on a phone");
        await nora.PictureAsync($"{name}-phone");
        await nora.Page.SetViewportSizeAsync(1280, 800);
    }
}
