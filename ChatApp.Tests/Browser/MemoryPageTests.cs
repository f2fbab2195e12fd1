using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatApp.Tests.Browser;

/// <summary>What a person sees of what a character remembers, and what they can do with it.</summary>
[Trait("Category", "Browser")]
[Collection(OneBrowser.Name)]
public sealed class MemoryPageTests(ChromiumFixture chromium)
{
    private const string Hostile = "<img src=x onerror=\"window.pwned=1\"> <script>window.pwned=1</script> **not bold** [x](javascript:window.pwned=1)";

    [Theory]
    [InlineData(ColorScheme.Dark, false)]
    [InlineData(ColorScheme.Light, true)]
    public async Task Page_FromFirstLookToWipe_DoesWhatIsAsked(ColorScheme theme, bool onPhone)
    {
        await using var site = await RememberingSite.StartAsync();
        await using var nora = await Person.ArriveAsync(chromium.Browser, site.Address, theme, onPhone);
        var (page, memories) = (nora.Page, site.Api.Memories);
        var name = $"{theme.ToString().ToLowerInvariant()}{(onPhone ? "-phone" : "")}";
        await nora.SignUpAsync();

        // Nothing yet, and the way to it.
        await page.GetByRole(AriaRole.Link, new() { Name = "Memory: what Captain Ada remembers" }).ClickAsync();
        await Expect(page.GetByText("Nothing yet.")).ToBeVisibleAsync();
        await LookAsync("memory-empty");

        memories.Add(Hostile, speaker: "character", minutesAgo: 300);
        memories.Add("My dog is called Brimwick, and he is afraid of gulls.", minutesAgo: 200, pinned: true);
        memories.Add(string.Join(' ', Enumerable.Repeat("A long tale of the sea.", 40)), minutesAgo: 90);
        memories.Add("I sail on Tuesdays.", minutesAgo: 3);
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "4 memories" })).ToBeVisibleAsync();
        var rows = page.Locator(".memory");
        await Expect(rows.Last.Locator(".memory-text")).ToHaveTextAsync(Hostile);
        await Expect(page.Locator(".memory-text *, .memory img, .memory script")).ToHaveCountAsync(0);
        await Expect(rows.Nth(2)).ToContainTextAsync("You said");
        await Expect(rows.Nth(2).GetByRole(AriaRole.Link)).ToHaveAttributeAsync("href", $"chat/{RememberingApi.Conversation}");
        await LookAsync("memory");

        // A note, after a refusal that is told as it is; what was typed is kept over a reload.
        var field = page.GetByLabel("Tell Captain Ada something to keep in mind");
        await field.FillAsync("I am allergic to nuts.");
        await page.ReloadAsync();
        await Expect(field).ToHaveValueAsync("I am allergic to nuts.");
        memories.Refusal = "There is no room for another note.";
        var add = page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true });
        await add.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("There is no room for another note.");
        await add.ClickAsync();
        await Expect(rows.First).ToContainTextAsync("I am allergic to nuts.");
        await Expect(field).ToHaveValueAsync("");

        // Pinned, found by the filter, rewritten by keyboard, and forgotten.
        await rows.First.GetByRole(AriaRole.Button, new() { Name = "Pin: I am allergic to nuts." }).ClickAsync();
        await Expect(rows.First.GetByRole(AriaRole.Button, new() { Name = "Pin:" })).ToHaveAttributeAsync("aria-pressed", "true");
        await page.GetByRole(AriaRole.Link, new() { Name = "Pinned 2" }).ClickAsync();
        await Expect(rows).ToHaveCountAsync(2);
        await rows.First.GetByRole(AriaRole.Button, new() { Name = "Edit:" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var editor = page.GetByLabel("What should be remembered");
        await Expect(editor).ToBeFocusedAsync();
        await editor.FillAsync("I am allergic to walnuts.");
        await LookAsync("memory-editing");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await Expect(rows.First.Locator(".memory-text")).ToHaveTextAsync("I am allergic to walnuts.");
        await rows.First.GetByRole(AriaRole.Button, new() { Name = "Forget:" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Keep it" })).ToBeFocusedAsync();
        await LookAsync("memory-forgetting");
        await page.GetByRole(AriaRole.Button, new() { Name = "Forget", Exact = true }).ClickAsync();
        await Expect(rows).ToHaveCountAsync(1);
        await Expect(page.Locator("#memories-title")).ToBeFocusedAsync();

        // Looked for, by an address that outlives a reload.
        await page.GetByRole(AriaRole.Link, new() { Name = "All" }).ClickAsync();
        await page.GetByRole(AriaRole.Searchbox).FillAsync("gulls");
        await page.Keyboard.PressAsync("Enter");
        await Expect(rows).ToHaveCountAsync(1);
        await Expect(rows.Locator(".reasons")).ToHaveTextAsync("words: gulls");
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Searchbox)).ToHaveValueAsync("gulls");
        await Expect(rows).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Link, new() { Name = "Clear the search" }).ClickAsync();
        await Expect(rows).ToHaveCountAsync(4);

        // The switches, one of them refused: it shows what is stored.
        var remembers = page.GetByRole(AriaRole.Switch, new() { Name = "Remember our conversations" });
        memories.Refusal = "Not now.";
        await remembers.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Not now.");
        await Expect(remembers).ToBeCheckedAsync();
        await remembers.ClickAsync();
        await Expect(remembers).Not.ToBeCheckedAsync();
        Assert.False(memories.Remembers);

        var file = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Export everything" }).ClickAsync());
        Assert.Equal("memories.json", file.SuggestedFilename);

        // All of it, which takes a word.
        await page.GetByRole(AriaRole.Button, new() { Name = "Forget everything…" }).ClickAsync();
        var really = page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Forget everything" });
        await Expect(really).ToBeDisabledAsync();
        await page.GetByLabel("Type forget to go on").FillAsync("forget");
        await LookAsync("memory-wipe");
        await really.ClickAsync();
        await Expect(page.GetByText("Nothing, and nothing will be.")).ToBeVisibleAsync();
        Assert.Empty(memories.Items);
        Assert.Null(await page.EvaluateAsync<int?>("() => window.pwned ?? null"));
        nora.AssertNoComplaints();

        async Task LookAsync(string what)
        {
            await nora.AssertAccessibleAsync($"{what} {name}");
            await nora.AssertFitsAsync($"{what} {name}");
            await nora.PictureAsync($"{what}-{name}");
        }
    }

    [Fact]
    public async Task List_LongerThanAPage_ComesWithScrolling()
    {
        await using var site = await RememberingSite.StartAsync();
        await using var nora = await Person.ArriveAsync(chromium.Browser, site.Address);
        for (var memory = 0; memory < 65; memory++)
        {
            site.Api.Memories.Add($"Memory {memory}");
        }

        await nora.SignUpAsync();
        await nora.Page.GotoAsync($"/memory/{RememberingApi.Character}");
        var rows = nora.Page.Locator(".memory");
        await Expect(rows).ToHaveCountAsync(30);
        await rows.Last.ScrollIntoViewIfNeededAsync();
        await Expect(rows).ToHaveCountAsync(60);
        await rows.Last.ScrollIntoViewIfNeededAsync();
        await Expect(rows).ToHaveCountAsync(65);

        await nora.Page.GotoAsync($"/memory/{Guid.CreateVersion7()}");
        await Expect(nora.Page.GetByRole(AriaRole.Heading, new() { Name = "This character is not here" })).ToBeVisibleAsync();
        nora.AssertNoComplaints();
    }
}
