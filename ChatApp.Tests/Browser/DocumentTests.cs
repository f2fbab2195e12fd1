using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatApp.Tests.Browser;

/// <summary>Documents as a person gives them to a conversation, and a creator to a character.</summary>
[Trait("Category", "Browser")]
[Collection(OneBrowser.Name)]
public sealed class DocumentTests(ChromiumFixture chromium)
{
    private const string Hostile = "a <img src=x onerror=window.pwned=1> & <b>.md";

    [Theory]
    [InlineData(ColorScheme.Dark, false)]
    [InlineData(ColorScheme.Light, true)]
    public async Task Attach_SeveralFiles_ShowsWhatBecomesOfEach(ColorScheme theme, bool onPhone)
    {
        await using var site = await RememberingSite.StartAsync();
        await using var nora = await Person.ArriveAsync(chromium.Browser, site.Address, theme, onPhone);
        var (page, documents) = (nora.Page, site.Api.Documents);
        var name = $"{theme.ToString().ToLowerInvariant()}{(onPhone ? "-phone" : "")}";
        documents.Read = document => document with { Status = "processing", Progress = new(1, 3) };
        await nora.SignUpAsync();
        await page.GotoAsync($"/chat/{RememberingApi.Conversation}");
        await nora.Composer.WaitForAsync();

        await ChooseAsync(page.GetByRole(AriaRole.Button, new() { Name = "Attach documents" }), Hostile, "broken.pdf", "too-many.txt", "picture.png");
        var chips = page.Locator(".document-chips .document");
        await Expect(chips.Nth(0)).ToContainTextAsync("Being read, 1 of 3");
        await Expect(chips.Nth(0).Locator(".document-name")).ToHaveTextAsync(Hostile);
        await Expect(chips.Filter(new() { HasText = "too-many.txt" })).ToContainTextAsync("as many documents as it may have");
        await Expect(chips.Filter(new() { HasText = "picture.png" })).ToContainTextAsync("can be read.");
        await LookAsync("documents");

        documents.Read = document => document.Name == "broken.pdf"
            ? document with { Status = "failed", Error = new("encrypted", "This PDF is locked with a password.") }
            : document with { Status = "ready", Pages = 2 };
        await Expect(chips.Nth(0)).ToContainTextAsync("2 pages · 11 B");
        await Expect(chips.Filter(new() { HasText = "broken.pdf" })).ToContainTextAsync("This PDF is locked with a password.");
        foreach (var gone in (string[])["broken.pdf", "too-many.txt", "picture.png"])
        {
            await page.GetByRole(AriaRole.Button, new() { Name = $"Remove {gone}" }).ClickAsync();
        }

        await Expect(chips).ToHaveCountAsync(1);

        // All of them, after a reload too; one that is read goes by a second press alone.
        await page.ReloadAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "1 document", Exact = true }).ClickAsync();
        var sheet = page.GetByRole(AriaRole.Dialog);
        await LookAsync("documents-all");
        await ChooseAsync(sheet.GetByRole(AriaRole.Button, new() { Name = "Add documents" }), "rope.txt");
        await Expect(sheet.Locator(".document")).ToHaveCountAsync(2);
        var remove = sheet.GetByRole(AriaRole.Button, new() { Name = $"Remove {Hostile}" });
        await remove.ClickAsync();
        await sheet.GetByRole(AriaRole.Button, new() { Name = "Press again" }).ClickAsync();
        await Expect(sheet.Locator(".document-name")).ToHaveTextAsync(["rope.txt"]);
        await page.Keyboard.PressAsync("Escape");

        // Dropped or pasted, they go the same way.
        await page.EvaluateAsync("""
            () => {
              const files = name => { const all = new DataTransfer(); all.items.add(new File(['a knot'], name)); return all; };
              const at = document.querySelector('[data-text]');
              at.dispatchEvent(new DragEvent('drop', { dataTransfer: files('dropped.txt'), bubbles: true, cancelable: true }));
              at.dispatchEvent(new ClipboardEvent('paste', { clipboardData: files('pasted.txt'), bubbles: true, cancelable: true }));
            }
            """);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "3 documents" })).ToBeVisibleAsync();
        Assert.Null(await page.EvaluateAsync<int?>("() => window.pwned ?? null"));
        Assert.All(nora.Complaints, complaint => Assert.Contains("409", complaint, StringComparison.Ordinal)); // The one that was wanted.

        async Task LookAsync(string what)
        {
            await nora.AssertAccessibleAsync($"{what} {name}");
            await nora.AssertFitsAsync($"{what} {name}");
            await nora.PictureAsync($"{what}-{name}");
        }
    }

    [Fact]
    public async Task Knowledge_OfACharacter_IsForCreatorsToFill()
    {
        await using var site = await RememberingSite.StartAsync();
        var link = new PageGetByRoleOptions { Name = "Knowledge of Captain Ada" };
        await using (var nora = await Person.ArriveAsync(chromium.Browser, site.Address))
        {
            await nora.SignUpAsync();
            await Expect(nora.Page.GetByRole(AriaRole.Link, link)).ToHaveCountAsync(0);
            await nora.Page.GotoAsync($"/characters/{RememberingApi.Character}/knowledge");
            await Expect(nora.Page.GetByRole(AriaRole.Heading, new() { Name = "Not yours to fill" })).ToBeVisibleAsync();
            nora.AssertNoComplaints();
        }

        site.Api.Role = "creator";
        await using var creator = await Person.ArriveAsync(chromium.Browser, site.Address);
        await creator.SignUpAsync();
        await creator.PictureAsync("characters-of-a-creator");
        await creator.Page.GetByRole(AriaRole.Link, link).ClickAsync();
        await Expect(creator.Page.GetByText("Nothing yet.")).ToBeVisibleAsync();
        await ChooseAsync(creator.Page.GetByRole(AriaRole.Button, new() { Name = "Add documents" }), "handbook.md", "rope.txt");
        await Expect(creator.Page.Locator(".document.ready")).ToHaveCountAsync(2);
        await creator.AssertAccessibleAsync("knowledge");
        await creator.PictureAsync("knowledge-dark");
        creator.AssertNoComplaints();
    }

    private static async Task ChooseAsync(ILocator button, params string[] names)
    {
        var chooser = await button.Page.RunAndWaitForFileChooserAsync(() => button.ClickAsync());
        await chooser.SetFilesAsync(names.Select(name => new FilePayload { Name = name, MimeType = "application/octet-stream", Buffer = "Some words."u8.ToArray() }));
    }
}
