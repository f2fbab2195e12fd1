using System.Text.RegularExpressions;
using ChatApp.Tests.Stack;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatApp.Tests.Browser;

/// <summary>What a person can do with what was said: edit, another answer, go on, switch, branch.</summary>
[Trait("Category", "Browser")]
[Collection(OneBrowser.Name)]
public sealed partial class MessageActionTests(StackFixture stack, ChromiumFixture chromium)
{
    [Fact]
    public async Task Edit_InPlace_AnswersAnewAndKeepsTheOldVersion()
    {
        await using var site = await ScriptedSite.StartAsync(stack);
        await using var nora = await TalkAsync(site, "My dog is called Brimwik.", "Brimwik it is.");
        await SayAsync(site, nora, "And what is my dog called?", "Brimwik.");

        // By keyboard: Esc leaves it as it was, and gives the focus back.
        var first = nora.Messages.First;
        var edit = first.GetByRole(AriaRole.Button, new() { Name = "Edit this message" });
        await edit.FocusAsync();
        await nora.Page.Keyboard.PressAsync("Enter");
        var editor = nora.Page.GetByLabel("Edit your message");
        await Expect(editor).ToBeFocusedAsync();
        await Expect(editor).ToHaveValueAsync("My dog is called Brimwik.");
        await editor.FillAsync("Something else");
        await nora.Page.Keyboard.PressAsync("Escape");
        await Expect(editor).ToHaveCountAsync(0);
        await Expect(edit).ToBeFocusedAsync();
        await Expect(first.Locator(".said")).ToHaveTextAsync("My dog is called Brimwik.");

        await nora.Page.Keyboard.PressAsync("Enter");
        await editor.FillAsync("My dog is called Brimwick.");
        await nora.Page.Keyboard.PressAsync("Enter");
        var call = await site.Engine.AnswerNextAsync("With ", "a ck, then.");
        await nora.AnswerAsync(1);

        Assert.Equal("user: My dog is called Brimwick.", call.Prompt[^1]);
        await Expect(nora.Messages).ToHaveTextAsync([Said("My dog is called Brimwick."), Said("With a ck, then.")]);
        await Expect(first.Locator(".switcher")).ToContainTextAsync("2 / 2");

        // And back, by keyboard again: what followed the old version is there too.
        await first.GetByRole(AriaRole.Button, new() { Name = "Version before" }).FocusAsync();
        await nora.Page.Keyboard.PressAsync("Enter");
        await Expect(nora.Messages).ToHaveCountAsync(4);
        await Expect(first.Locator(".said")).ToHaveTextAsync("My dog is called Brimwik.");
        await Expect(first.GetByRole(AriaRole.Button, new() { Name = "Version after" })).ToBeFocusedAsync();
        await Expect(first.GetByRole(AriaRole.Button, new() { Name = "Version before" })).ToBeDisabledAsync();
        nora.AssertNoComplaints();
    }

    [Fact]
    public async Task Regenerate_StandsBesideTheFirstAnswer()
    {
        await using var site = await ScriptedSite.StartAsync(stack);
        await using var nora = await TalkAsync(site, "Pick a number.", "Seven.");

        await Person.ActAsync(nora.Answers.First, "Another answer");
        var call = await site.Engine.NextCallAsync();
        call.Say("Eleven");
        await Expect(nora.Answers).ToHaveTextAsync([Said("Eleven")]);

        // Nothing can be done with a message meanwhile, but copying.
        await Expect(nora.Messages.First.GetByRole(AriaRole.Button, new() { Name = "Edit this message" })).ToBeDisabledAsync();

        call.Say(".");
        call.Finish();
        await nora.AnswerAsync(1);

        await Expect(nora.Messages).ToHaveTextAsync([Said("Pick a number."), Said("Eleven.")]);
        await Person.ActAsync(nora.Answers.First, "Version before");
        await Expect(nora.Answers).ToHaveTextAsync([Said("Seven.")]);
        await Expect(nora.Answers.First.Locator(".switcher")).ToContainTextAsync("1 / 2");

        // It is what the other tabs show, and what is shown after a reload.
        await nora.Page.ReloadAsync();
        await Expect(nora.Answers).ToHaveTextAsync([Said("Seven.")]);
        nora.AssertNoComplaints();
    }

    [Fact]
    public async Task Continue_AStoppedAnswer_GoesOnInItsPlace()
    {
        await using var site = await ScriptedSite.StartAsync(stack);
        await using var nora = await Person.ArriveAsync(chromium.Browser, site.Address);
        await nora.SignUpAsync();
        await nora.PickCharacterAsync();
        await nora.SayAsync("Tell me a story.");
        var call = await site.Engine.NextCallAsync();
        call.Say("Once upon a time");
        await Expect(nora.LiveAnswer).ToHaveTextAsync("Once upon a time");
        await nora.StopButton.ClickAsync();
        await call.Closed.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.Equal("Once upon a time", await nora.AnswerAsync(1));

        await nora.Page.EvaluateAsync("() => { window.__shown = []; new MutationObserver(() => window.__shown.push(document.querySelector('.messages > .theirs:not([hidden])')?.innerText ?? '')).observe(document.querySelector('.thread'), { childList: true, subtree: true, characterData: true, attributes: true }); }");
        await nora.Page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        var next = await site.Engine.AnswerNextAsync(" there", " was an owl.");
        Assert.Equal("assistant: Once upon a time", next.Prompt[^1]);
        await Expect(nora.StoredAnswers).ToHaveTextAsync([Said("Once upon a time there was an owl.")]);

        // Not for a moment was less to be read than before.
        Assert.All(await nora.Page.EvaluateAsync<string[]>("() => window.__shown"), shown => Assert.StartsWith("Once upon a time", shown, StringComparison.Ordinal));
        await Expect(nora.Page.Locator(".switcher")).ToHaveCountAsync(0);
        Assert.Equal("Once upon a time there was an owl.", await site.StoredAnswerAsync());
        nora.AssertNoComplaints();
    }

    [Fact]
    public async Task Retry_AFailedAnswer_AsksForAnother()
    {
        await using var site = await ScriptedSite.StartAsync(stack);
        await using var nora = await Person.ArriveAsync(chromium.Browser, site.Address);
        await nora.SignUpAsync();
        await nora.PickCharacterAsync();
        await nora.SayAsync("Are you well?");
        (await site.Engine.NextCallAsync()).Refuse(400, "No.");

        var retry = nora.Page.GetByRole(AriaRole.Button, new() { Name = "Retry" });
        await retry.ClickAsync();
        await site.Engine.AnswerNextAsync("I am now.");
        await nora.AnswerAsync(1);

        await Expect(nora.Messages).ToHaveTextAsync([Said("Are you well?"), Said("I am now.")]);
        await Expect(nora.Answers.First.Locator(".switcher")).ToContainTextAsync("2 / 2");
        Assert.Equal(1, await site.CountAsync("messages WHERE role = 'user'"));
        nora.AssertNoComplaints();
    }

    [Fact]
    public async Task Branch_OpensANewConversationWithWhatWasSaid()
    {
        await using var site = await ScriptedSite.StartAsync(stack);
        await using var nora = await TalkAsync(site, "One.", "First.");
        await SayAsync(site, nora, "Two.", "Second.");
        var before = nora.Page.Url;

        await Person.ActAsync(nora.Answers.First, "Branch from here into a new conversation");
        await nora.Page.WaitForURLAsync(url => url != before && url.Contains("/chat/", StringComparison.Ordinal));
        await Expect(nora.Messages).ToHaveTextAsync([Said("One."), Said("First.")]);
        await Expect(nora.Conversations).ToHaveCountAsync(2);
        await SayAsync(site, nora, "Three.", "Third.");

        await nora.Page.GotoAsync(before);
        await Expect(nora.Messages).ToHaveTextAsync([Said("One."), Said("First."), Said("Two."), Said("Second.")]);
        nora.AssertNoComplaints();
    }

    [Theory]
    [InlineData(409, "The last message of this conversation is still being answered. Wait for it, or stop it.", "")]
    [InlineData(429, "Several of your conversations are being answered already. Wait for one of them.", "3")]
    public async Task Refused_IsSaidAtTheMessageAndCanBeTriedAgain(int status, string sentence, string retryAfter)
    {
        await using var site = await ScriptedSite.StartAsync(stack);
        await using var nora = await TalkAsync(site, "Hello.", "Ahoy.");
        var refused = 0;
        await nora.Page.RouteAsync(Regenerate(), route => refused++ > 0 ? route.ContinueAsync() : route.FulfillAsync(new()
        {
            Status = status,
            ContentType = "application/problem+json",
            Headers = new Dictionary<string, string> { ["Retry-After"] = retryAfter },
            Body = $$"""{"title":"No","detail":"{{sentence}}"}""",
        }));

        await Person.ActAsync(nora.Answers.First, "Another answer");
        var problem = nora.Answers.First.Locator(".act-problem");
        await Expect(problem.GetByRole(AriaRole.Alert)).ToHaveTextAsync(sentence);
        await Expect(nora.Answers).ToContainTextAsync(["Ahoy."]);
        await nora.AssertAccessibleAsync("a refusal");
        await nora.PictureAsync($"refused-{status}");
        var retry = problem.GetByRole(AriaRole.Button);
        if (retryAfter.Length > 0)
        {
            await Expect(retry).ToHaveTextAsync(Counting());
            await Expect(retry).ToBeDisabledAsync();
        }

        await retry.ClickAsync();
        await site.Engine.AnswerNextAsync("Ahoy again.");
        await nora.AnswerAsync(1);
        await Expect(nora.Answers).ToHaveTextAsync([Said("Ahoy again.")]);
    }

    [Fact]
    public async Task Editor_OutlivesAReload()
    {
        await using var site = await ScriptedSite.StartAsync(stack);
        await using var nora = await TalkAsync(site, "Hello.", "Ahoy.");
        await Person.ActAsync(nora.Messages.First, "Edit this message");
        var editor = nora.Page.GetByLabel("Edit your message");
        await editor.FillAsync("Hello, captain.");

        await nora.Page.ReloadAsync();

        await Expect(editor).ToHaveValueAsync("Hello, captain.");
        await editor.PressAsync("Escape");
        await nora.Page.ReloadAsync();
        await Expect(nora.Messages.First).ToContainTextAsync("Hello.");
        await Expect(editor).ToHaveCountAsync(0);
        nora.AssertNoComplaints();
    }

    private async Task<Person> TalkAsync(ScriptedSite site, string question, string answer)
    {
        var nora = await Person.ArriveAsync(chromium.Browser, site.Address);
        await nora.SignUpAsync();
        await nora.PickCharacterAsync();
        await SayAsync(site, nora, question, answer);
        return nora;
    }

    private static async Task SayAsync(ScriptedSite site, Person nora, string question, string answer)
    {
        var answers = await nora.StoredAnswers.CountAsync();
        await nora.SayAsync(question);
        await site.Engine.AnswerNextAsync(answer);
        await nora.AnswerAsync(answers + 1);
    }

    // What a message says, whatever stands in its foot.
    private static Regex Said(string text) => new($@"^\s*{Regex.Escape(text)}(\s|$)", RegexOptions.None, TimeSpan.FromSeconds(1));

    [GeneratedRegex("/regenerate$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Regenerate();

    [GeneratedRegex(@"Retry in \d s", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Counting();
}
