using System.Text.Json;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatApp.Tests.Browser;

/// <summary>What an answer drew on, as a person sees it: the line under it, its citations, the sources themselves, and the prompt.</summary>
[Trait("Category", "Browser")]
[Collection(OneBrowser.Name)]
public sealed class RecallTests(ChromiumFixture chromium)
{
    private const string Hostile = "<img src=x onerror=\"window.pwned=1\"><script>window.pwned=1</script> [1](javascript:window.pwned=1)";

    // What is a source is one, whatever the answer says of itself; and nothing else is.
    private const string Citing = """
        The bowline holds [1], as sailors know [2, 9]; see `array[1]` and [elsewhere][1] and [[1]](https://elsewhere.example/).

        ```
        knots[1] = "bowline"
        ```

        | knot | where |
        |---|---|
        | bowline | [2] |

        Not there: [3] [0] <button data-cite="1">[1]</button>

        [1]: https://elsewhere.example/stolen
        """;

    private static readonly string Recall = JsonSerializer.Serialize(
        new
        {
            memories = new object[]
            {
                new { id = Guid.CreateVersion7(), kind = "message", speaker = "user", text = $"My boat is the Gull. {Hostile}", saidAt = DateTimeOffset.UtcNow.AddDays(-3), pinned = true, score = 0.9, reasons = new[] { "pinned", "words: boat <b>gull</b>" }, conversationId = RememberingApi.Conversation, messageId = Guid.CreateVersion7() },
                new { id = Guid.CreateVersion7(), kind = "note", speaker = "user", text = "I sail alone.", saidAt = DateTimeOffset.UtcNow.AddHours(-2), pinned = false, score = 0.4, reasons = new[] { "similar meaning" }, conversationId = (Guid?)null, messageId = (Guid?)null },
            },
            memoryReason = "searched",
            snippets = new object[]
            {
                new { number = 1, chunkId = FakeDocuments.Chunks[1], documentId = Guid.CreateVersion7(), documentName = $"Knots {Hostile}.pdf", heading = "Ropes › Knots", page = 2, text = $"The bowline does not slip. {Hostile}", score = 0.8, reasons = new[] { "words: bowline" } },
                new { number = 2, chunkId = Guid.CreateVersion7(), documentId = Guid.CreateVersion7(), documentName = "Old log.txt", heading = "", page = (int?)null, text = "We tied a bowline at dawn.", score = 0.5, reasons = new[] { "similar meaning" } },
            },
            knowledgeReason = "searched", pinned = false, forgotten = Array.Empty<string>(), note = (string?)null,
        });

    [Theory]
    [InlineData(ColorScheme.Dark, false)]
    [InlineData(ColorScheme.Light, true)]
    public async Task Answer_ThatDrewOnSomething_ShowsWhatAndWhy(ColorScheme theme, bool onPhone)
    {
        await using var site = await RememberingSite.StartAsync();
        await using var nora = await Person.ArriveAsync(chromium.Browser, site.Address, theme, onPhone);
        var (page, api) = (nora.Page, site.Api);
        var name = $"{theme.ToString().ToLowerInvariant()}{(onPhone ? "-phone" : "")}";
        api.Messages.Add(RememberingApi.Message(Guid.CreateVersion7(), "user", "Which knot holds?"));
        api.Messages.Add(RememberingApi.Message(Guid.CreateVersion7(), "assistant", Citing, RememberingApi.StoredTurn, memories: 2, snippets: 2));
        api.Recalls[RememberingApi.StoredTurn] = Recall;
        api.Documents.ChunkText = place => $"Piece {place}. {Hostile}";
        await nora.SignUpAsync();
        await page.GotoAsync($"/chat/{RememberingApi.Conversation}");

        // Citations: of numbers that exist, outside of code and links, and to nowhere else.
        var answer = nora.StoredAnswers.First;
        var citations = answer.Locator("chat-markdown .cite");
        await Expect(citations).ToHaveTextAsync(["1", "2", "1", "2", "1", "1"]);
        await Expect(answer.Locator("pre .cite, code .cite, a .cite, a[href*=stolen]:has-text('1')")).ToHaveCountAsync(0);
        await Expect(answer).ToContainTextAsync("[9]");
        await Expect(answer).ToContainTextAsync("Not there: [3] [0]");
        await LookAsync("answer-with-sources");

        // What it drew on.
        var line = answer.GetByRole(AriaRole.Button, new() { Name = "Remembered 2 things · 2 sources" });
        await line.ClickAsync();
        var sheet = page.GetByRole(AriaRole.Dialog);
        var recalled = sheet.Locator(".recalled");
        await Expect(recalled).ToHaveCountAsync(4);
        await Expect(recalled.First).ToContainTextAsync("You said");
        await Expect(recalled.First).ToContainTextAsync("Because: pinned · words: boat <b>gull</b>");
        await Expect(recalled.Nth(1)).ToContainTextAsync("Your note");
        await Expect(recalled.Nth(2)).ToContainTextAsync("Ropes › Knots · Page 2");
        await Expect(sheet.Locator("img, script, b, [onerror]")).ToHaveCountAsync(0);
        await LookAsync("recall");

        // A source over it, with what is around it in its document. By keyboard.
        await recalled.Nth(2).GetByRole(AriaRole.Button).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var source = page.Locator("dialog.sheet").Last;
        await Expect(source.Locator(".source-text")).ToHaveTextAsync($"Piece 1. {Hostile}");
        await Expect(source.GetByRole(AriaRole.Link, new() { Name = "Document" })).ToHaveAttributeAsync("download", "");
        await source.GetByRole(AriaRole.Button, new() { Name = "After" }).ClickAsync();
        await Expect(source.Locator(".source-text")).ToContainTextAsync("Piece 2.");
        await Expect(source.Locator(".source-place")).ToHaveTextAsync("Ropes › Knots · Page 3");
        await Expect(source.GetByRole(AriaRole.Button, new() { Name = "After" })).ToBeDisabledAsync();
        await LookAsync("source");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("Escape");
        await Expect(sheet).ToHaveCountAsync(0);
        await Expect(line).ToBeFocusedAsync();

        // A citation opens its source; one whose document is gone shows what the answer was given of it.
        await citations.Nth(1).ClickAsync();
        await Expect(source.Locator(".source-text")).ToHaveTextAsync("We tied a bowline at dawn.");
        await Expect(source).ToContainTextAsync("The document is not here any more.");
        await page.Keyboard.PressAsync("Escape");

        await PromptAsync();
        await LiveAsync();
        Assert.Null(await page.EvaluateAsync<int?>("() => window.pwned ?? null"));
        Assert.All(nora.Complaints, complaint => Assert.Contains("404", complaint, StringComparison.Ordinal)); // Both were wanted.

        async Task PromptAsync()
        {
            await Person.ActAsync(answer, "View the exact prompt");
            await Expect(sheet).ToContainTextAsync("The prompt of this answer is no longer kept.");
            await page.Keyboard.PressAsync("Escape");
            api.Prompts[RememberingApi.StoredTurn] = JsonSerializer.Serialize(new
            {
                model = "llama3.2",
                messages = new[] { new { role = "system", part = "persona", text = $"You are Captain Ada. {Hostile}" }, new { role = "user", part = "question", text = "[1] The bowline…\n\nWhich knot holds?" } },
                tokens = 1234, tokensCounted = true, options = new { temperature = 0.7, topP = 0.9, maxOutputTokens = 512 }, isExact = true,
            });
            await Person.ActAsync(answer, "View the exact prompt");
            await Expect(sheet).ToContainTextAsync("1,234 tokens, counted by the model");
            await Expect(sheet.Locator("pre")).ToHaveTextAsync([$"You are Captain Ada. {Hostile}", "[1] The bowline…\n\nWhich knot holds?"]);
            await Expect(sheet.Locator("img, script")).ToHaveCountAsync(0);
            await LookAsync("prompt");
            await page.Keyboard.PressAsync("Escape");
        }

        // While an answer is written, and after it is stored: the same line, notes and citations.
        async Task LiveAsync()
        {
            api.Recalls[RememberingApi.LiveTurn] = Recall.Replace("\"forgotten\":[]", "\"forgotten\":[\"my old \\u003Cb\\u003Eboat\\u003C/b\\u003E\"]", StringComparison.Ordinal);
            api.Answer = ["Aye [1", "]. Done."];
            await nora.SayAsync("Forget my old boat.");
            var live = page.Locator("[data-live] .theirs");
            await Expect(live).ToContainTextAsync("Forgot: my old <b>boat</b>");
            await Expect(live.GetByRole(AriaRole.Button, new() { Name = "Remembered 2 things · 2 sources" })).ToBeVisibleAsync();
            await Expect(live.Locator("turn-recall b")).ToHaveCountAsync(0);
            await LookAsync("recalled-live");
            api.AnswerMayEnd.SetResult();
            await nora.AnswerAsync(2);
            var stored = nora.StoredAnswers.Nth(1);
            await Expect(stored).ToContainTextAsync("Forgot: my old <b>boat</b>");
            await stored.Locator("chat-markdown .cite").ClickAsync();
            await Expect(source.Locator(".source-text")).ToContainTextAsync("Piece 1.");
            await page.Keyboard.PressAsync("Escape");
        }

        async Task LookAsync(string what)
        {
            await nora.AssertAccessibleAsync($"{what} {name}");
            await nora.AssertFitsAsync($"{what} {name}");
            await nora.PictureAsync($"{what}-{name}");
        }
    }
}
