using System.Text.Json;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatApp.Tests.Browser;

/// <summary>What a person sees where words of theirs, or of an answer, are held back, and what they can do.</summary>
[Trait("Category", "Browser")]
[Collection(OneBrowser.Name)]
public sealed class HeldBackTests(ChromiumFixture chromium)
{
    [Theory]
    [InlineData(ColorScheme.Dark, false)]
    [InlineData(ColorScheme.Light, true)]
    public async Task Message_HeldBack_StaysInTheComposerAndIsAppealed(ColorScheme theme, bool onPhone)
    {
        await using var site = await RememberingSite.StartAsync();
        await using var nora = await Person.ArriveAsync(chromium.Browser, site.Address, theme, onPhone);
        var (page, moderation) = (nora.Page, site.Api.Moderation);
        var looks = new Looks(nora, theme, onPhone);
        moderation.Blocks = text => text.Contains("lock", StringComparison.Ordinal) ? "illegal" : null;
        await nora.SignUpAsync();
        await looks.ResizeAsync();
        await page.GotoAsync($"/chat/{RememberingApi.Conversation}");

        await nora.SayAsync("How do I pick a lock?");
        var notice = page.Locator("[data-problem] .held-back");
        await Expect(notice).ToContainTextAsync("Not sent: help with something illegal");
        await Expect(notice).ToContainTextAsync("Say it in other words");
        await Expect(nora.Composer).ToHaveValueAsync("How do I pick a lock?");
        await Expect(nora.Messages).ToHaveCountAsync(0);
        await Expect(page.Locator("[data-problem]").GetByRole(AriaRole.Button)).ToHaveCountAsync(0); // Trying again would not help.
        await looks.LookAsync("message-held-back");

        // To the appeal, which is open already.
        await notice.GetByRole(AriaRole.Link, new() { Name = "Appeal" }).ClickAsync();
        var appeal = page.GetByLabel("Why it was right to say");
        await Expect(appeal).ToBeFocusedAsync();
        await Expect(page.Locator(".excerpt")).ToHaveTextAsync("How do I pick a lock?");
        await looks.LookAsync("appeal");
        await appeal.FillAsync("x");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send the appeal" }).ClickAsync();
        await Expect(page.GetByText("Say a little more.")).ToBeVisibleAsync();
        await appeal.FillAsync("It is my own door.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send the appeal" }).ClickAsync();
        await Expect(page.GetByText("A moderator will look at it again.")).ToBeVisibleAsync();
        Assert.Contains("appeal It is my own door.", moderation.Done);
        await looks.LookAsync("appealed");

        // Other words are sent as always, from the draft that is still there.
        await page.GotoAsync($"/chat/{RememberingApi.Conversation}");
        await Expect(nora.Composer).ToHaveValueAsync("How do I pick a lock?");
        site.Api.AnswerMayEnd.SetResult();
        await nora.SayAsync("How do doors open?");
        await nora.AnswerAsync(1);
        await Expect(page.Locator("[data-problem]")).ToBeHiddenAsync();
        Assert.All(nora.Complaints, complaint => Assert.Matches("422|400", complaint));
    }

    [Theory]
    [InlineData(ColorScheme.Light, false)]
    [InlineData(ColorScheme.Dark, true)]
    public async Task Answer_HeldBack_LeavesThePageAndSaysWhatOneCanDo(ColorScheme theme, bool onPhone)
    {
        await using var site = await RememberingSite.StartAsync();
        await using var nora = await Person.ArriveAsync(chromium.Browser, site.Address, theme, onPhone);
        var (page, api) = (nora.Page, site.Api);
        var looks = new Looks(nora, theme, onPhone);
        api.Moderation.AnswerCategory = "hate";
        api.Answer = ["Those people are "];
        await nora.SignUpAsync();
        await looks.ResizeAsync();
        await page.GotoAsync($"/chat/{RememberingApi.Conversation}");

        await nora.SayAsync("Tell me of them.");
        await Expect(nora.LiveAnswer).ToContainTextAsync("Those people");
        api.AnswerMayEnd.SetResult();
        await Expect(page.Locator(".theirs .typing")).ToBeVisibleAsync();
        await Expect(page.GetByText("Those people")).ToHaveCountAsync(0);
        api.BlockSeen.SetResult();
        var stored = nora.StoredAnswers.Last;
        await Expect(stored.Locator(".held-back")).ToContainTextAsync("Not shown");
        await Expect(stored.Locator(".held-back")).ToContainTextAsync("This answer was stopped.");
        await Expect(stored.GetByRole(AriaRole.Button, new() { Name = "Retry" })).ToHaveCountAsync(0);
        await Expect(stored.GetByRole(AriaRole.Button, new() { Name = "Another answer" })).ToBeVisibleAsync();
        await looks.LookAsync("answer-held-back");
        await stored.GetByRole(AriaRole.Button, new() { Name = "Rephrase" }).ClickAsync();
        await Expect(page.GetByLabel("Edit your message")).ToHaveValueAsync("Tell me of them.");
        await looks.LookAsync("answer-rephrased");
        nora.AssertNoComplaints();
    }

    [Fact]
    public async Task Help_ForSomebodyInNeed_StandsBeforeTheAnswer()
    {
        const string help = "If you are thinking of harming yourself, please talk to somebody now.";
        await using var site = await RememberingSite.StartAsync();
        await using var nora = await Person.ArriveAsync(chromium.Browser, site.Address);
        site.Api.Recalls[RememberingApi.LiveTurn] = JsonSerializer.Serialize(
            new { memories = Array.Empty<object>(), snippets = Array.Empty<object>(), notice = help, tone = "sadness" });
        await nora.SignUpAsync();
        await nora.Page.GotoAsync($"/chat/{RememberingApi.Conversation}");

        await nora.SayAsync("I cannot go on.");

        await Expect(nora.Page.Locator("[data-live] .help-notice")).ToHaveTextAsync(help);
        await nora.Page.GetByRole(AriaRole.Button, new() { Name = "You sounded sad" }).ClickAsync();
        await Expect(nora.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("You sounded sad, and the answer may take that up.");
        await nora.Page.Keyboard.PressAsync("Escape");
        site.Api.AnswerMayEnd.SetResult();
        await nora.AnswerAsync(1);
        nora.AssertNoComplaints();
    }
}
