using System.Text.RegularExpressions;
using ChatApp.Tests.Stack;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatApp.Tests.Browser;

/// <summary>What a person can do, from the first visit to signing out, with the real engine behind it.</summary>
[Trait("Category", "Browser")]
[Collection(OneBrowser.Name)]
public sealed partial class StoryTests(StackFixture stack, ChromiumFixture chromium)
{
    // The built-in model says little on most things, but goes on with this for as long as it may.
    private static readonly string Song = string.Join(' ', Enumerable.Repeat("la", 120));

    [Fact]
    public async Task Story_FromSignUpToSignOut_Works()
    {
        await using var nora = await Person.ArriveAsync(chromium.Browser, BrowserSite.Of(stack));
        var page = nora.Page;

        await nora.SignUpAsync();
        Assert.True(await page.Locator(".card").CountAsync() >= 4, "four characters are seeded");
        var character = await nora.PickCharacterAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(character);

        // The answer comes as it is written.
        const string question = "Hello! Tell me something about yourself.";
        await nora.SayAsync(question);
        await Expect(page.Locator(".mine .said")).ToHaveTextAsync(question);
        var answer = await nora.AnswerAsync(1);
        Assert.True((await nora.SeenAsync()).Typing, "a typing indicator came first");
        Assert.NotEmpty(answer.Trim());
        await Expect(page.Locator("[data-live] > li")).ToHaveCountAsync(0);
        await Expect(page.Locator(".conversation.current .conversation-title")).ToHaveTextAsync(question);
        await nora.PictureAsync("story-answered");

        // It is still there after a reload.
        await page.ReloadAsync();
        await Expect(page.Locator(".mine .said")).ToHaveTextAsync(question);
        Assert.Equal(answer, await nora.AnswerAsync(1));

        // A longer one comes as it is written. Stop another, keep what was written of it, and go on.
        await nora.SayAsync(Song);
        var song = await nora.AnswerAsync(2);
        var lengths = (await nora.SeenAsync()).Lengths;
        Assert.True(lengths.Length >= 4, $"an answer of {song.Length} came piece by piece: {string.Join(", ", lengths)}");
        var answers = await StopAnAnswerAsync(nora, answered: 2);
        await nora.SayAsync("Let us go on.");
        Assert.NotEmpty((await nora.AnswerAsync(answers + 1)).Trim());
        var said = await page.Locator(".message").CountAsync();

        // A second conversation stands above the first.
        await nora.PickCharacterAsync();
        await nora.SayAsync("Good morning.");
        await nora.AnswerAsync(1);
        await Expect(nora.Conversations).ToHaveCountAsync(2);
        await nora.Conversations.Nth(1).GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page.Locator(".message")).ToHaveCountAsync(said);

        await RenameAsync(nora, nora.Conversations.Nth(1), "About words");
        await Expect(page).ToHaveTitleAsync(StartOfTitle());
        await DeleteAsync(nora, nora.Conversations.Nth(1));
        await Expect(nora.Conversations).ToHaveCountAsync(1);
        await page.WaitForURLAsync("**/characters");

        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Create an account" })).ToBeVisibleAsync();
        await page.GotoAsync("/characters");
        await Expect(page).ToHaveURLAsync(SignInAddress());
        nora.AssertNoComplaints();
    }

    [Fact]
    public async Task Story_ReloadAndSecondTabWhileAnswering_FollowTheAnswer()
    {
        await using var nora = await Person.ArriveAsync(chromium.Browser, BrowserSite.Of(stack));
        await nora.SignUpAsync();
        await nora.PickCharacterAsync();

        // Not before the server has it: a reload takes back a request that is still on its way.
        await nora.Page.RunAndWaitForResponseAsync(() => nora.SayAsync(Song), static response => response.Url.EndsWith("/turns", StringComparison.Ordinal));
        await nora.Page.ReloadAsync();
        var second = await nora.OpenTabAsync(new Uri(nora.Page.Url).AbsolutePath);

        var first = await nora.AnswerAsync(1);
        await second.Locator("[data-stored] .theirs chat-markdown").WaitForAsync();
        Assert.Equal(first, await second.Locator("[data-stored] .theirs chat-markdown").InnerTextAsync());
        Assert.NotEmpty(first.Trim());
        nora.AssertNoComplaints();
    }

    [Fact]
    public async Task Story_SomeoneElsesConversation_IsNotHere()
    {
        await using var nora = await Person.ArriveAsync(chromium.Browser, BrowserSite.Of(stack));
        await nora.SignUpAsync();
        await nora.PickCharacterAsync();
        await using var other = await Person.ArriveAsync(chromium.Browser, BrowserSite.Of(stack));
        await other.SignUpAsync();

        await other.Page.GotoAsync(nora.Page.Url);

        await Expect(other.Page.GetByRole(AriaRole.Heading, new() { Name = "This conversation is not here" })).ToBeVisibleAsync();
        other.AssertNoComplaints();
    }

    [Fact]
    public async Task Story_SignedOutInOneTab_IsSignedOutInTheOther()
    {
        await using var nora = await Person.ArriveAsync(chromium.Browser, BrowserSite.Of(stack));
        await nora.SignUpAsync();
        var second = await nora.OpenTabAsync("/characters");
        await second.Locator(".card h2").First.WaitForAsync();

        await nora.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();

        await Expect(second).ToHaveURLAsync(SignInAddress());
        nora.AssertNoComplaints();
    }

    [Fact]
    public async Task Story_ByKeyboardAlone_Works()
    {
        await using var nora = await Person.ArriveAsync(chromium.Browser, BrowserSite.Of(stack));
        var page = nora.Page;
        await nora.SignUpAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Skip to the content" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#main")).ToBeFocusedAsync();
        await page.Locator(".card").First.GetByRole(AriaRole.Button).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(nora.Composer).ToBeFocusedAsync();

        await page.Keyboard.TypeAsync("One line");
        await page.Keyboard.PressAsync("Shift+Enter");
        await page.Keyboard.TypeAsync("and another");
        await Expect(nora.Composer).ToHaveValueAsync("One line\nand another");
        await page.Keyboard.PressAsync("Enter");
        await Expect(nora.Composer).ToHaveValueAsync("");
        await nora.AnswerAsync(1);
        await Expect(nora.Composer).ToBeFocusedAsync();
        nora.AssertNoComplaints();
    }

    // The model may be done before it is stopped; a person would ask again, and so does this.
    private static async Task<int> StopAnAnswerAsync(Person nora, int answered)
    {
        for (var attempt = 1; attempt <= 8; attempt++)
        {
            await nora.SayAsync(Song);
            await nora.Page.Locator("[data-live] .theirs chat-markdown, [data-stored] .theirs >> nth=" + (answered + attempt - 1)).First.WaitForAsync();
            await nora.Page.Keyboard.PressAsync("Escape");
            await nora.AnswerAsync(answered + attempt);
            var last = nora.StoredAnswers.Nth(answered + attempt - 1);
            if (await last.GetByText("Stopped", new() { Exact = true }).CountAsync() > 0)
            {
                return answered + attempt;
            }
        }

        Assert.Fail("No answer could be stopped before its end.");
        return 0;
    }

    private static async Task RenameAsync(Person nora, ILocator conversation, string title)
    {
        await conversation.HoverAsync();
        await conversation.GetByRole(AriaRole.Button, new() { NameRegex = Rename() }).ClickAsync();
        var field = nora.Page.GetByLabel("New title");
        await Expect(field).ToBeFocusedAsync();
        await field.FillAsync(title);
        await field.PressAsync("Enter");
        await Expect(nora.Page.Locator(".conversation-title", new() { HasTextString = title })).ToBeVisibleAsync();
    }

    private static async Task DeleteAsync(Person nora, ILocator conversation)
    {
        await conversation.HoverAsync();
        await conversation.GetByRole(AriaRole.Button, new() { NameRegex = Delete() }).ClickAsync();
        var dialog = nora.Page.GetByRole(AriaRole.Dialog);
        await nora.PictureAsync("story-delete");
        await nora.Page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);

        await conversation.HoverAsync();
        await conversation.GetByRole(AriaRole.Button, new() { NameRegex = Delete() }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
    }

    [GeneratedRegex("^About words", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex StartOfTitle();

    [GeneratedRegex("/sign-in", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SignInAddress();

    [GeneratedRegex("^Rename", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Rename();

    [GeneratedRegex("^Delete", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Delete();
}
