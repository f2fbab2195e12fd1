using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatApp.Tests.Browser;

/// <summary>What administrators see of people, and do to them: never by a slip, and never without a trace.</summary>
[Trait("Category", "Browser")]
[Collection(OneBrowser.Name)]
public sealed class PeoplePageTests(ChromiumFixture chromium)
{
    private const string Reason = "a report of threats, no. 12";

    [Theory]
    [InlineData(ColorScheme.Dark, false)]
    [InlineData(ColorScheme.Light, true)]
    public async Task People_AreFoundChangedAndReadWithAReason(ColorScheme theme, bool onPhone)
    {
        await using var site = await RememberingSite.StartAsync();
        await using var nora = await Person.ArriveAsync(chromium.Browser, site.Address, theme, onPhone);
        var (page, people) = (nora.Page, site.Api.People);
        var looks = new Looks(nora, theme, onPhone);
        site.Api.Role = "admin";
        people.Add("Nora", "admin");
        var otto = people.Add("Otto <b>Bold</b>", secondFactor: true, confirmed: false);
        for (var i = 0; i < 32; i++)
        {
            people.Add($"Person {i}");
        }

        await nora.SignUpAsync();
        await looks.ResizeAsync();
        await page.GotoAsync("/admin/people");
        await Expect(page.Locator(".person")).ToHaveCountAsync(30);
        await looks.LookAsync("people");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show more" }).ClickAsync();
        await Expect(page.Locator(".person")).ToHaveCountAsync(34);
        await page.GetByLabel("Role").SelectOptionAsync("admin");
        await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await Expect(page.Locator(".person")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Link, new() { Name = "Nora", Exact = true }).ClickAsync();
        await RefuseAsync();

        await page.GotoAsync("/admin/people?query=bold");
        await page.GetByRole(AriaRole.Link, new() { Name = "Otto" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = otto.Name })).ToBeVisibleAsync();
        await looks.LookAsync("person");
        await RoleAsync();
        await BanAsync();
        await WaysInAsync();
        await LimitsAsync();
        await ReadAsync();
        Assert.Empty(await page.Locator("main b").AllAsync());
        Assert.All(nora.Complaints, complaint => Assert.Matches("400|409", complaint)); // All of them were wanted.

        // The last administrator stays one, and the page says why.
        async Task RefuseAsync()
        {
            await page.GetByLabel("Nora is").SelectOptionAsync("user");
            await page.GetByRole(AriaRole.Button, new() { Name = "Change the role…" }).ClickAsync();
            await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Change the role" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("This is the last administrator.");
        }

        // By keyboard alone; leaving the question changes nothing.
        async Task RoleAsync()
        {
            await page.GetByLabel($"{otto.Name} is").SelectOptionAsync("moderator");
            var change = page.GetByRole(AriaRole.Button, new() { Name = "Change the role…" });
            await change.FocusAsync();
            await page.Keyboard.PressAsync("Enter");
            var question = page.GetByRole(AriaRole.Dialog);
            await Expect(question.GetByRole(AriaRole.Button, new() { Name = "Cancel" })).ToBeFocusedAsync();
            await looks.LookAsync("person-role");
            await page.Keyboard.PressAsync("Escape");
            await Expect(question).ToHaveCountAsync(0);
            Assert.Empty(people.Done);
            await change.FocusAsync();
            await page.Keyboard.PressAsync("Enter");
            await Expect(question.GetByRole(AriaRole.Button, new() { Name = "Cancel" })).ToBeFocusedAsync();
            await page.Keyboard.PressAsync("Tab");
            await page.Keyboard.PressAsync("Enter");
            await Expect(page.GetByText("is a moderator now.")).ToBeVisibleAsync();
            Assert.Equal("moderator", people[otto.Id].Role);
        }

        async Task BanAsync()
        {
            var form = page.GetByRole(AriaRole.Form, new() { Name = "Ban" });
            await form.GetByLabel("Reason").FillAsync("x");
            await form.GetByRole(AriaRole.Button, new() { Name = "Ban…" }).ClickAsync();
            await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Ban" }).ClickAsync();
            await Expect(form.GetByText("Say it in 3 to 500 characters.")).ToBeVisibleAsync();
            await Expect(form.GetByLabel("Reason")).ToHaveAttributeAsync("aria-invalid", "true");
            await form.GetByLabel("Reason").FillAsync("Threats.");
            await form.GetByLabel("For").SelectOptionAsync("0");
            await form.GetByRole(AriaRole.Button, new() { Name = "Ban…" }).ClickAsync();
            await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Ban" }).ClickAsync();
            await Expect(page.GetByText("Kept out for good.")).ToBeVisibleAsync();
            Assert.Equal((null, "Threats."), (people[otto.Id].Banned!.Until, people[otto.Id].Banned!.Reason));
            await page.GetByRole(AriaRole.Button, new() { Name = "Lift the ban" }).ClickAsync();
            await Expect(form).ToBeVisibleAsync();
            Assert.Null(people[otto.Id].Banned);
        }

        async Task WaysInAsync()
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Sign out everywhere…" }).ClickAsync();
            await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
            await Expect(page.GetByText("Signed out everywhere.")).ToBeVisibleAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Take the second factor away…" }).ClickAsync();
            await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Take it away" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Take the second factor away…" })).ToHaveCountAsync(0);
            Assert.Contains("sign-out", people.Done);
        }

        async Task LimitsAsync()
        {
            var form = page.GetByRole(AriaRole.Form, new() { Name = "Set the limits" });
            await form.GetByLabel("Requests a minute").FillAsync("99999");
            await form.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
            await Expect(form.GetByText("At most 10,000 a minute.")).ToBeVisibleAsync();
            await form.GetByLabel("Requests a minute").FillAsync("20");
            await form.GetByLabel("Tokens a day").FillAsync("5000");
            await form.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
            await Expect(page.GetByText("It holds from the next request on.")).ToBeVisibleAsync();
            Assert.Equal((20, 5000L), (people[otto.Id].RequestsPerMinute, people[otto.Id].TokensPerDay));
            await form.GetByRole(AriaRole.Button, new() { Name = "Back to those of the role" }).ClickAsync();
            await Expect(form.GetByLabel("Requests a minute")).ToHaveValueAsync("");
        }

        async Task ReadAsync()
        {
            var form = page.GetByRole(AriaRole.Form, new() { Name = "Read the conversations" });
            var read = form.GetByRole(AriaRole.Button, new() { Name = "Record it and read" });
            await form.GetByLabel("Why you have to read them").FillAsync("because");
            await Expect(read).ToBeDisabledAsync();
            await Expect(form).ToContainTextAsync("Reading it is recorded in the audit log");
            await form.GetByLabel("Why you have to read them").FillAsync(Reason);
            await read.ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Read “Of boats”" }).ClickAsync();
            await Expect(page.Locator(".said-text")).ToHaveTextAsync(["<b>My</b> secret.", "I keep it."]);
            Assert.Contains($"read conversations {Reason}", people.Done);
            Assert.Contains($"read messages {Reason}", people.Done);
            await looks.LookAsync("person-read");
        }
    }
}
