using ChatApp.Tests.Stack;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatApp.Tests.Browser;

/// <summary>A person is remembered from one conversation to the next, and answers cite what they attached: on the real Api.</summary>
[Trait("Category", "Browser")]
[Collection(OneBrowser.Name)]
public sealed class RememberedStoryTests(StackFixture stack, ChromiumFixture chromium)
{
    [Fact]
    public async Task Story_RememberedAndCited_IsShownWithItsReasons()
    {
        await using var site = await ScriptedSite.StartAsync(stack);
        await using var nora = await Person.ArriveAsync(chromium.Browser, site.Address);
        var page = nora.Page;
        await nora.SignUpAsync();
        var character = await nora.PickCharacterAsync();
        await nora.SayAsync("My dog Brimwick is afraid of gulls.");
        await site.Engine.AnswerNextAsync("Poor Brimwick.");
        await nora.AnswerAsync(1);

        // Another conversation, another day: it comes to mind.
        await nora.PickCharacterAsync();
        await nora.SayAsync("What is my dog Brimwick afraid of?");
        var call = await site.Engine.NextCallAsync();
        Assert.Contains(call.Prompt, said => said.Contains("gulls", StringComparison.Ordinal));
        call.Say("Of gulls, you told me.");
        var line = page.Locator("[data-live] .theirs .recall-line");
        await Expect(line).ToContainTextAsync("Remembered");
        call.Finish();
        await nora.AnswerAsync(1);
        await nora.StoredAnswers.First.Locator(".recall-line").ClickAsync();
        var sheet = page.GetByRole(AriaRole.Dialog);
        await Expect(sheet.Locator(".recalled").Filter(new() { HasText = "afraid of gulls" }).First).ToContainTextAsync("Because: ");
        await nora.PictureAsync("story-recalled");
        await page.Keyboard.PressAsync("Escape");

        // A document, cited.
        var chooser = await page.RunAndWaitForFileChooserAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Attach documents" }).ClickAsync());
        await chooser.SetFilesAsync(new FilePayload
        {
            Name = "knots.md", MimeType = "text/markdown",
            Buffer = "# Knots\n\n## Bowline\n\nThe bowline makes a loop that does not slip under load.\n"u8.ToArray(),
        });
        await Expect(page.Locator(".document-chips .document.ready")).ToContainTextAsync("knots.md");
        await nora.SayAsync("Which knot makes a loop that does not slip under load?");
        call = await site.Engine.AnswerNextAsync("The bowline [1], and not [7].");
        await nora.AnswerAsync(2);
        var citation = nora.StoredAnswers.Nth(1).Locator("chat-markdown .cite");
        await Expect(citation).ToHaveTextAsync("1");
        await citation.ClickAsync();
        await Expect(sheet).ToContainTextAsync("The bowline makes a loop that does not slip under load.");
        await Expect(sheet.GetByRole(AriaRole.Link, new() { Name = "Document" })).ToBeVisibleAsync();
        await nora.PictureAsync("story-source");
        await page.Keyboard.PressAsync("Escape");

        // The prompt, to the letter.
        await Person.ActAsync(nora.StoredAnswers.Nth(1), "View the exact prompt");
        await Expect(sheet.GetByRole(AriaRole.Heading, new() { Name = "The exact prompt" })).ToBeVisibleAsync();
        await Expect(sheet.Locator("pre").Last).ToContainTextAsync("[1]");
        await nora.PictureAsync("story-prompt");
        await page.Keyboard.PressAsync("Escape");

        // Asked for in so many words, and still told after a reload.
        await nora.SayAsync("Remember that my cat is called Tovani.");
        await site.Engine.AnswerNextAsync("Tovani, noted.");
        await nora.AnswerAsync(3);
        await page.ReloadAsync();
        await Expect(nora.StoredAnswers.Nth(2)).ToContainTextAsync("Will remember this");

        // All of it on the page, found by its words, and forgotten.
        await page.GetByRole(AriaRole.Link, new() { Name = $"Memory: what {character} remembers" }).ClickAsync();
        await page.GetByRole(AriaRole.Searchbox).FillAsync("afraid of gulls");
        await page.Keyboard.PressAsync("Enter");
        var row = page.Locator(".memory").Filter(new() { HasText = "My dog Brimwick is afraid of gulls." });
        await Expect(row.Locator(".reasons")).ToContainTextAsync("words");
        await nora.PictureAsync("story-memory");
        await row.GetByRole(AriaRole.Button, new() { Name = "Forget:" }).ClickAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "Forget", Exact = true }).ClickAsync();
        await Expect(row).ToHaveCountAsync(0);
        Assert.Equal(0, await site.CountAsync("memories WHERE text LIKE '%Brimwick is afraid%'"));
        nora.AssertNoComplaints();
    }
}
