using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatApp.Tests.Browser;

/// <summary>Moderation policies, as administrators set them.</summary>
[Trait("Category", "Browser")]
[Collection(OneBrowser.Name)]
public sealed class PolicyPageTests(ChromiumFixture chromium)
{
    [Theory]
    [InlineData(ColorScheme.Dark, false)]
    [InlineData(ColorScheme.Light, true)]
    public async Task Policies_AreChangedComparedAndNeverOverwrittenUnseen(ColorScheme theme, bool onPhone)
    {
        await using var site = await RememberingSite.StartAsync();
        await using var nora = await Person.ArriveAsync(chromium.Browser, site.Address, theme, onPhone);
        var (page, policies) = (nora.Page, site.Api.Policies);
        var looks = new Looks(nora, theme, onPhone);
        site.Api.Role = "admin";
        await nora.SignUpAsync();
        await looks.ResizeAsync();

        await page.GotoAsync("/admin/moderation");
        var (save, changes) = (page.GetByRole(AriaRole.Button, new() { Name = "Save" }), page.Locator(".policy-changes li"));
        await Expect(page.GetByLabel("Hate, medium")).ToHaveValueAsync("flag");
        await Expect(page.GetByText("Always blocked. No policy can change that.")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Sexual content with minors, low")).ToHaveCountAsync(0);
        await Expect(save).ToBeDisabledAsync();
        await looks.LookAsync("policy");
        await page.GetByLabel("Hate, medium").SelectOptionAsync("block");
        await page.GetByRole(AriaRole.Switch, new() { NameRegex = new("^Classifier", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)) }).CheckAsync();
        await Expect(changes).ToHaveTextAsync(["Hate, medium: flag → block", "Classifier: off → on"]);
        await save.ClickAsync();
        await Expect(page.GetByText("It holds from the next message on.")).ToBeVisibleAsync();
        Assert.Equal("block", (string?)policies["site"]["rules"]!["hate"]!["medium"]);
        Assert.Equal("block", (string?)policies["site"]["rules"]!["minors"]!["low"]);

        // Somebody else was faster: nothing is lost, nothing is overwritten unseen.
        policies.Save("site", policies["site"].ToJsonString().Replace("\"violence\":{\"low\":\"allow\"", "\"violence\":{\"low\":\"flag\"", StringComparison.Ordinal), "Mia");
        await page.GetByLabel("Illegal, low").Or(page.GetByLabel("Help with something illegal, low")).SelectOptionAsync("redact");
        await save.ClickAsync();
        var conflict = page.Locator(".conflict");
        await Expect(conflict).ToContainTextAsync("Mia saved version 3 while you were at it.");
        await Expect(conflict.Locator("li")).ToHaveTextAsync(["Violence, low: allow → flag"]);
        await looks.LookAsync("policy-conflict");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep mine, and look it over" }).ClickAsync();
        await Expect(changes).ToHaveTextAsync(["Violence, low: flag → allow", "Help with something illegal, low: allow → redact"]);
        await page.GetByLabel("Violence, low").SelectOptionAsync("flag");
        await save.ClickAsync();
        await Expect(page.GetByText("Version 4").First).ToBeVisibleAsync();

        // How it came about, and back to an older one.
        await page.GetByText("How it came about").ClickAsync();
        var history = page.Locator(".policy-history li.admin-item");
        await Expect(history).ToHaveCountAsync(4);
        await Expect(history.First).ToContainTextAsync("Help with something illegal, low: allow → redact");
        await Expect(history.Last).ToContainTextAsync("The first one.");
        await looks.LookAsync("policy-history");
        await history.Last.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(page.GetByLabel("Hate, medium")).ToHaveValueAsync("flag");
        await Expect(changes).ToHaveCountAsync(4);
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();

        // One for a role says only what is different, and can be taken away.
        await page.GetByLabel("For", new() { Exact = true }).SelectOptionAsync("role:creator");
        await page.GetByRole(AriaRole.Button, new() { Name = "Open" , Exact = true }).ClickAsync();
        await Expect(page.GetByText("There is none yet.")).ToBeVisibleAsync();
        await page.GetByLabel("Violence, high").SelectOptionAsync("block");
        await save.ClickAsync();
        await Expect(page.GetByText("It holds from the next message on.")).ToBeVisibleAsync();
        Assert.Null(policies["role:creator"]["rules"]!["hate"]);
        await looks.LookAsync("policy-role");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove this policy…" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Expect(page.GetByText("That for everybody holds.")).ToBeVisibleAsync();
        Assert.All(nora.Complaints, complaint => Assert.Contains("412", complaint, StringComparison.Ordinal));
    }
}
