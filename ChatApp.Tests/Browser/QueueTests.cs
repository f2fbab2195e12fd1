using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatApp.Tests.Browser;

/// <summary>The moderators' queue: seen by those whom it is for, and worked through by keyboard.</summary>
[Trait("Category", "Browser")]
[Collection(OneBrowser.Name)]
public sealed class QueueTests(ChromiumFixture chromium)
{
    [Theory]
    [InlineData(ColorScheme.Dark, false)]
    [InlineData(ColorScheme.Light, true)]
    public async Task Queue_IsDecidedByKeyboardAndByHand(ColorScheme theme, bool onPhone)
    {
        await using var site = await RememberingSite.StartAsync();
        await using var mia = await Person.ArriveAsync(chromium.Browser, site.Address, theme, onPhone);
        var (page, queue) = (mia.Page, site.Api.Moderation);
        var looks = new Looks(mia, theme, onPhone);
        site.Api.Role = "moderator";
        var first = queue.Add("hate", "high", "Something <b>harsh</b>.");
        var second = queue.Add("violence", "medium", "He draws his sword.", source: "answer", action: "flag");
        var third = queue.Add("sexual", "low", "A kiss.", action: "flag");
        var fourth = queue.Add("illegal", "high", "How to pick a lock.");
        queue.Add("illegal", "medium", "My own lock.", status: "appealed", appeal: "I am a locksmith, and teach it.");
        await mia.SignUpAsync();
        await looks.ResizeAsync();
        await page.GotoAsync("/moderation");

        // Nothing of the rest of the administration, and how many wait.
        await Expect(page.GetByRole(AriaRole.Navigation, new() { Name = "Administration" })).ToHaveCountAsync(0);
        await Expect(page.Locator(".queue-link")).ToHaveAttributeAsync("aria-label", "Moderation queue, 5 waiting");
        var items = page.Locator("[data-queue-item]");
        await Expect(items).ToHaveCountAsync(4);
        await Expect(items.First).Not.ToContainTextAsync("harsh");
        await looks.LookAsync("queue");

        // By keyboard: to the first, shown, with what is around it, approved; then at the next.
        await page.Keyboard.PressAsync("j");
        await Expect(items.First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("s");
        await Expect(items.First.Locator(".excerpt")).ToHaveTextAsync("Something <b>harsh</b>.");
        await page.Keyboard.PressAsync("c");
        await Expect(items.First.Locator(".said-text").Last).ToHaveTextAsync("<b>This</b> is around it.");
        await looks.LookAsync("queue-shown");
        await page.Keyboard.PressAsync("a");
        await Expect(page.GetByText("Approved: what was done is undone")).ToBeVisibleAsync();
        await Expect(items).ToHaveCountAsync(3);
        await Expect(items.First).ToBeFocusedAsync();
        await Expect(page.Locator(".queue-link")).ToHaveAttributeAsync("aria-label", "Moderation queue, 4 waiting");
        Assert.Equal("approved", queue[first.Id].Status);

        // Somebody else was faster.
        queue.Change(second with { Status = "upheld" });
        await page.Keyboard.PressAsync("u");
        await Expect(items.First.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Mia decided this a minute ago.");
        await looks.LookAsync("queue-late");
        await items.First.GetByRole(AriaRole.Button, new() { Name = "Take it off this list" }).ClickAsync();
        await Expect(items).ToHaveCountAsync(2);

        // Letters that are typed are letters.
        await items.Nth(1).GetByRole(AriaRole.Button, new() { Name = "Ban…" }).ClickAsync();
        var form = page.GetByRole(AriaRole.Form, new() { Name = "Ban Otto" });
        await Expect(form.GetByLabel("For")).ToBeFocusedAsync();
        await form.GetByLabel("For").SelectOptionAsync("30");
        await form.GetByLabel("Reason").PressSequentiallyAsync("a bus");
        await looks.LookAsync("queue-ban");
        await form.GetByRole(AriaRole.Button, new() { Name = "Ban Otto" }).ClickAsync();
        await Expect(page.GetByText("Upheld, and Otto is kept out for 30 days.")).ToBeVisibleAsync();
        Assert.Contains("""ban {"days":30,"reason":"a bus"}""", queue.Done);
        Assert.Equal(("banned", "open"), (queue[fourth.Id].Status, queue[third.Id].Status));

        // The keys can be turned off, where there are any.
        if (!onPhone)
        {
            await page.GetByLabel("Keys:").UncheckAsync();
            await items.First.FocusAsync();
            await page.Keyboard.PressAsync("u");
            await Expect(items).ToHaveCountAsync(1);
        }

        await items.First.GetByRole(AriaRole.Button, new() { Name = "Uphold" }).ClickAsync();
        await Expect(page.GetByText("All done.")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Appealed" }).ClickAsync();
        await Expect(items.First).ToContainTextAsync("I am a locksmith, and teach it.");
        await looks.LookAsync("queue-appealed");
        await page.GetByRole(AriaRole.Link, new() { Name = "Closed" }).ClickAsync();
        await Expect(items).ToHaveCountAsync(4);
        await Expect(items.First.GetByRole(AriaRole.Button, new() { Name = "Approve" })).ToHaveCountAsync(0);
        Assert.All(mia.Complaints, complaint => Assert.Contains("409", complaint, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("user", false)]
    [InlineData("moderator", true)]
    public async Task Pages_OfOthers_ShowNothing(string role, bool mayModerate)
    {
        await using var site = await RememberingSite.StartAsync();
        await using var otto = await Person.ArriveAsync(chromium.Browser, site.Address);
        site.Api.Role = role;
        await otto.SignUpAsync();

        await Expect(otto.Page.Locator(".queue-link")).ToHaveCountAsync(mayModerate ? 1 : 0);
        foreach (var path in new[] { "/admin/people", $"/admin/people/{Guid.NewGuid()}", "/admin/audit", "/admin/moderation" })
        {
            await otto.Page.GotoAsync(path);
            await Expect(otto.Page.GetByRole(AriaRole.Heading, new() { Name = "For administrators" })).ToBeVisibleAsync();
            await Expect(otto.Page.Locator(".admin")).ToHaveCountAsync(0);
        }

        await otto.Page.GotoAsync("/moderation");
        await Expect(otto.Page.GetByRole(AriaRole.Heading, new() { Name = mayModerate ? "Not looked at yet" : "For moderators" })).ToBeVisibleAsync();
        Assert.Empty(site.Api.Audit.Asked);
        otto.AssertNoComplaints();
    }
}
