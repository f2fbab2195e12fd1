using ChatApp.Tests.Stack;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

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

    [Theory]
    [InlineData(ColorScheme.Dark, false)]
    [InlineData(ColorScheme.Light, false)]
    [InlineData(ColorScheme.Dark, true)]
    [InlineData(ColorScheme.Light, true)]
    public async Task Messages_WithVersionsAndTrouble_AreAccessibleAndFit(ColorScheme theme, bool onPhone)
    {
        await using var site = await ScriptedSite.StartAsync(stack);
        await using var nora = await Person.ArriveAsync(chromium.Browser, site.Address, theme, onPhone);
        var name = $"{theme.ToString().ToLowerInvariant()}{(onPhone ? "-phone" : "")}";
        await nora.SignUpAsync();
        await nora.PickCharacterAsync();

        await nora.SayAsync("How do I count the words of a text?");
        await site.Engine.AnswerNextAsync(Markdown);
        await nora.AnswerAsync(1);
        await nora.SayAsync("And where does a word end, in a language without spaces?");
        await site.Engine.AnswerNextAsync("That is for a dictionary to say.");
        await nora.AnswerAsync(2);
        await Person.ActAsync(nora.Answers.Last, "Another answer");
        await site.Engine.AnswerNextAsync("Arr! There be no spaces to steer by, so ye need a *chart*: a segmenter, such as the one in ICU, knows the words of Thai, Japanese and their like.");
        await nora.AnswerAsync(2);
        await nora.Page.Mouse.MoveAsync(0, 0);
        await LookAsync($"versions-{name}");

        await Person.ActAsync(nora.Messages.Nth(2), "Edit this message");
        await LookAsync($"editing-{name}");
        await nora.Page.Keyboard.PressAsync("Escape");
        if (!onPhone)
        {
            await nora.Messages.Nth(2).HoverAsync();
            await nora.PictureAsync($"own-hover-{name}");
        }

        await nora.SayAsync("Tell me of the whale, captain.");
        var call = await site.Engine.NextCallAsync();
        call.Say("There she was, white as the moon and twice as silent, and the whole crew held its breath while");
        await Expect(nora.LiveAnswer).ToContainTextAsync("breath");
        await LookAsync($"writing-{name}");
        await nora.StopButton.ClickAsync();
        await nora.AnswerAsync(3);
        await LookAsync($"stopped-{name}");

        await nora.SayAsync("What then?");
        call = await site.Engine.NextCallAsync();
        call.Say("Then the lantern");
        await Expect(nora.LiveAnswer).ToContainTextAsync("lantern");
        call.Break();
        (await site.Engine.NextCallAsync()).Refuse(400, "No.");
        await nora.AnswerAsync(4);
        await LookAsync($"failed-{name}");
        nora.AssertNoComplaints();

        async Task LookAsync(string what)
        {
            await nora.AssertAccessibleAsync(what);
            await nora.AssertFitsAsync(what);
            await nora.PictureAsync(what);
        }
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
