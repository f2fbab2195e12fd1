using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatApp.Tests.Browser;

/// <summary>The audit log: looked through, and verified.</summary>
[Trait("Category", "Browser")]
[Collection(OneBrowser.Name)]
public sealed class AuditPageTests(ChromiumFixture chromium)
{
    [Theory]
    [InlineData(ColorScheme.Light, false)]
    [InlineData(ColorScheme.Dark, true)]
    public async Task Log_IsSearchedPagedAndVerified(ColorScheme theme, bool onPhone)
    {
        await using var site = await RememberingSite.StartAsync();
        await using var nora = await Person.ArriveAsync(chromium.Browser, site.Address, theme, onPhone);
        var (page, audit) = (nora.Page, site.Api.Audit);
        var looks = new Looks(nora, theme, onPhone);
        site.Api.Role = "admin";
        await nora.SignUpAsync();
        await looks.ResizeAsync();

        await page.GotoAsync("/admin/audit");
        var entries = page.Locator(".audit-entry");
        await Expect(entries).ToHaveCountAsync(30);
        await Expect(entries.First).ToContainTextAsync("№ 40");
        await Expect(entries.First).ToContainTextAsync("the service itself");
        await Expect(entries.Nth(1)).ToContainTextAsync("Nora");
        await Expect(entries.First).ToContainTextAsync("<img src=x onerror=");
        await looks.LookAsync("audit");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show older" }).ClickAsync();
        await Expect(entries).ToHaveCountAsync(40);

        // What is looked for stands in the address.
        await page.GetByLabel("Action").FillAsync("role.changed");
        await page.GetByLabel("Who").FillAsync("Nora & co");
        await page.GetByLabel("From").FillAsync("2026-11-01");
        await page.GetByLabel("To", new() { Exact = true }).FillAsync("2026-11-02");
        await page.GetByLabel("Words").FillAsync("moderator");
        await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await Expect(entries).ToHaveCountAsync(1);
        Assert.EndsWith("?actor=Nora%20%26%20co&action=role.changed&from=2026-11-01T00%3A00%3A00Z&to=2026-11-03T00%3A00%3A00Z&text=moderator", audit.Asked.Last(), StringComparison.Ordinal);
        await page.ReloadAsync();
        await Expect(page.GetByLabel("To", new() { Exact = true })).ToHaveValueAsync("2026-11-02");
        await Expect(entries).ToHaveCountAsync(1);

        // Verified: it takes a while, and says so.
        var verify = page.GetByRole(AriaRole.Button, new() { Name = "Verify the log" });
        await verify.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Progressbar, new() { Name = "Verifying the log" })).ToBeVisibleAsync();
        audit.MayEnd.SetResult();
        await Expect(page.Locator(".verdict.ok")).ToHaveTextAsync("Yes. 40 entries were checked. They are from 1 Nov 2026, 08:00 UTC to 20 Nov 2026, 09:30 UTC.");
        await looks.LookAsync("audit-verified");
        audit.BrokenAt = 17;
        await verify.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("It is broken at entry 17");
        await looks.LookAsync("audit-broken");
        Assert.Null(await page.EvaluateAsync<int?>("() => window.pwned ?? null"));
        nora.AssertNoComplaints();
    }
}
