using System.Text.RegularExpressions;
using ChatApp.Tests.Web;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatApp.Tests.Browser;

/// <summary>What a person does with their account: by plain forms, in both themes and sizes.</summary>
[Trait("Category", "Browser")]
[Collection(OneBrowser.Name)]
public sealed partial class AccountPageTests(ChromiumFixture chromium)
{
    [Theory]
    [InlineData(ColorScheme.Dark, false)]
    [InlineData(ColorScheme.Light, true)]
    public async Task Account_FromTheMenuToItsEnd_DoesWhatIsAsked(ColorScheme theme, bool onPhone)
    {
        await using var site = await RememberingSite.StartAsync();
        await using var nora = await Person.ArriveAsync(chromium.Browser, site.Address, theme, onPhone);
        var (page, settings) = (nora.Page, site.Api.Settings);
        var look = Looker(nora, $"{theme.ToString().ToLowerInvariant()}{(onPhone ? "-phone" : "")}");
        await nora.SignUpAsync();
        if (onPhone)
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Open the conversations" }).ClickAsync();
        }

        await page.GetByRole(AriaRole.Link, new() { Name = "Nora: your account" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Your account" }).WaitForAsync();
        await look("account");

        // The name, wrong and right; it is another one everywhere.
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Name" }).FillAsync("");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the name" }).ClickAsync();
        await page.GetByText("Enter a name. Any name will do.").WaitForAsync();
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Name" })).ToBeFocusedAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Name" }).FillAsync("Nora Quill");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("Your name is changed.").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Turn it off" }).ClickAsync();
        await page.GetByText("Nobody looks at your tone any more.").WaitForAsync();
        Assert.False(settings.Tone);
        await page.GetByText("Change the address").ClickAsync();
        await page.GetByLabel("New address").FillAsync("new@example.com");
        await page.GetByLabel("Your password").FillAsync("wrong");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send the link" }).ClickAsync();
        await page.GetByText("This is not your password.").WaitForAsync();
        await look("account-problem");

        // The second step, whose first code is wrong.
        await page.GetByRole(AriaRole.Link, new() { Name = "Security" }).ClickAsync();
        await look("account-security");
        await page.GetByLabel("Your password").FillAsync(Person.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Set it up" }).ClickAsync();
        await page.GetByText("JBSW Y3DP EHPK 3PXP").WaitForAsync();
        await look("second-factor-setup");
        var code = page.GetByLabel("The six digits that it shows now");
        await code.FillAsync("111111");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("This code is wrong.").WaitForAsync();
        await page.GetByText("JBSW Y3DP EHPK 3PXP").WaitForAsync();
        await code.FillAsync("123 456");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator(".codes li").Nth(9).WaitForAsync();
        await look("recovery-codes");
        await page.GetByRole(AriaRole.Button, new() { Name = "Copy" }).ClickAsync();
        await page.GetByText("Copied", new() { Exact = true }).WaitForAsync();

        // Sessions.
        await page.GetByRole(AriaRole.Link, new() { Name = "Sessions" }).ClickAsync();
        await page.GetByText("Safari on an iPhone").WaitForAsync();
        await look("account-sessions");
        await page.GetByRole(AriaRole.Button, new() { Name = "End the session of Safari on an iPhone" }).ClickAsync();
        await page.GetByText("That session is ended.").WaitForAsync();
        Assert.Equal(1, settings.Sessions);

        // A key, by keyboard, and what becomes of it.
        await page.GetByRole(AriaRole.Link, new() { Name = "API keys" }).ClickAsync();
        await page.GetByText("You have none.").WaitForAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Name" }).FillAsync("Backup script");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the key" }).ClickAsync();
        await page.GetByText("Choose one at least.").WaitForAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "read" }).FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the key" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("cak_first_a-very-secret").WaitForAsync();
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Name" })).ToHaveValueAsync("");
        await look("account-keys");
        await page.GetByLabel("Rotate Backup script").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the new one" }).ClickAsync();
        await page.GetByText("cak_second_secret").WaitForAsync();
        await page.GetByLabel("Delete Backup script").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete the key" }).ClickAsync();
        await page.GetByText("The key is deleted.").WaitForAsync();
        Assert.Equal(0, settings.Keys);

        // All of it to take along, and the end.
        await page.GetByRole(AriaRole.Link, new() { Name = "Your data" }).ClickAsync();
        var file = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Download everything" }).ClickAsync());
        Assert.Equal("chatapp-export.json", file.SuggestedFilename);
        await page.GetByText("I want to delete my account").ClickAsync();
        await page.GetByLabel("Type “delete my account”").FillAsync("no");
        await page.GetByLabel("Your password").FillAsync(Person.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("Type these words to go on.").WaitForAsync();
        await look("account-deletion");
        await page.GetByLabel("Type “delete my account”").FillAsync("delete my account");
        await page.GetByLabel("Your password").FillAsync(Person.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Goodbye" }).WaitForAsync();
        Assert.Equal(Person.Password, settings.DeletedWith);
        await page.GotoAsync("/account");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Welcome back" }).WaitForAsync();
        await look("sign-in");
        nora.AssertNoComplaints();
    }

    [Theory]
    [InlineData(ColorScheme.Light, false)]
    [InlineData(ColorScheme.Dark, true)]
    public async Task Entry_ByCodeAndMail_IsAccessibleAndFits(ColorScheme theme, bool onPhone)
    {
        await using var site = await RememberingSite.StartAsync();
        await using var nora = await Person.ArriveAsync(chromium.Browser, site.Address, theme, onPhone);
        var page = nora.Page;
        var look = Looker(nora, $"{theme.ToString().ToLowerInvariant()}{(onPhone ? "-phone" : "")}");

        await page.GotoAsync("/forgot-password");
        await look("forgot-password");
        await page.GetByLabel("E-mail").FillAsync("nora@example.com");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Look into your mail" }).WaitForAsync();
        await look("mail-sent");
        await page.GotoAsync("/reset-password?token=good-token");
        await page.WaitForURLAsync("**/reset-password");
        await look("reset-password");
        await page.GetByLabel("New password").FillAsync("another long one");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("Your new password is set. Sign in with it.").WaitForAsync();

        await page.GetByLabel("E-mail").FillAsync("banned@example.com");
        await page.GetByLabel("Password").FillAsync(FakeAccounts.Password);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("This account is banned until 1 May");
        await look("banned");
        await page.GetByLabel("E-mail").FillAsync("careful@example.com");
        await page.GetByLabel("Password").FillAsync(FakeAccounts.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Heading, new() { Name = "One more step" }).WaitForAsync();
        await Expect(page.GetByLabel("Code")).ToBeFocusedAsync();
        await look("second-step");
        await page.GetByLabel("Code").FillAsync(FakeAccounts.Code);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/characters");
        await page.GotoAsync("/confirm-email?token=good-token");
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm my address" }).ClickAsync();
        await page.GetByText("Your address is confirmed.").WaitForAsync();
        nora.AssertNoComplaints();
    }

    [Fact]
    public async Task Session_EndedElsewhere_LeadsTheOpenPageToSignInAndBack()
    {
        await using var site = await RememberingSite.StartAsync();
        await using var nora = await Person.ArriveAsync(chromium.Browser, site.Address);
        var email = await nora.SignUpAsync();
        await nora.Page.GotoAsync($"/memory/{RememberingApi.Character}");
        await nora.Page.GetByText("Nothing yet.").WaitForAsync();

        // What the script of the page does on waking up.
        site.Api.Accounts.EndAll(email);
        await nora.Page.EvaluateAsync("() => document.querySelector('session-keeper').setAttribute('renewed', 'woken')");

        await Expect(nora.Page).ToHaveURLAsync(SignInAndBack());
        Assert.Contains(Uri.EscapeDataString($"/memory/{RememberingApi.Character}"), nora.Page.Url, StringComparison.Ordinal);
        nora.AssertNoComplaints();
    }

    [Fact]
    public async Task Circuit_WhoseTokenEnds_RenewsItAndHasTheCookieBroughtUpToDate()
    {
        await using var site = await RememberingSite.StartAsync();
        site.Api.Accounts.NextTokensLive = TimeSpan.FromSeconds(4);
        site.Api.Accounts.FirstTokenLives = TimeSpan.FromSeconds(4);
        await using var nora = await Person.ArriveAsync(chromium.Browser, site.Address);
        var email = await nora.SignUpAsync();
        await nora.Page.GotoAsync($"/memory/{RememberingApi.Character}");
        var note = nora.Page.GetByLabel("Tell Captain Ada something to keep in mind");
        await note.WaitForAsync();
        site.Api.Accounts.CutOff(email); // As if the circuit had slept beyond the token's end.

        var kept = await nora.Page.RunAndWaitForResponseAsync(
            async () =>
            {
                await note.FillAsync("I sail on Tuesdays.");
                await nora.Page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
            },
            static response => response.Url.EndsWith("/session/keep", StringComparison.Ordinal));

        await Expect(nora.Page.Locator(".memory")).ToContainTextAsync("I sail on Tuesdays.");
        Assert.Contains("chatapp=", await kept.HeaderValueAsync("set-cookie") ?? "", StringComparison.Ordinal);
        nora.AssertNoComplaints();
    }

    [Fact]
    public async Task SignOut_InOneTab_EndsThePagesOfTheOther()
    {
        await using var site = await RememberingSite.StartAsync();
        await using var nora = await Person.ArriveAsync(chromium.Browser, site.Address);
        await nora.SignUpAsync();
        var second = await nora.OpenTabAsync($"/memory/{RememberingApi.Character}");
        await second.GetByText("Nothing yet.").WaitForAsync();

        // Without the word that the tabs pass among them: from another window, as it were, by the circuit alone.
        await second.EvaluateAsync("() => { BroadcastChannel.prototype.postMessage = () => {}; }");
        await nora.Page.EvaluateAsync("() => { BroadcastChannel.prototype.postMessage = () => {}; }");
        await nora.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();

        await nora.Page.GetByRole(AriaRole.Link, new() { Name = "Create an account" }).WaitForAsync();
        await Expect(second).ToHaveURLAsync(SignInAndBack());
        Assert.Equal(1, site.Api.Accounts.SignOuts);
        nora.AssertNoComplaints();
    }

    private static Func<string, Task> Looker(Person nora, string name) => async what =>
    {
        await nora.AssertAccessibleAsync($"{what} {name}");
        await nora.AssertFitsAsync($"{what} {name}");
        await nora.PictureAsync($"{what}-{name}");
    };

    // The page's script and its circuit may both lead there: of two navigations at once the first is broken off.
    [GeneratedRegex("/sign-in\\?returnUrl=", RegexOptions.None, 1000)]
    private static partial Regex SignInAndBack();
}
