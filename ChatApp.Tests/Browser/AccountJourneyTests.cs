using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using ChatApp.Api.Accounts.SecondFactor;
using ChatApp.Tests.Stack;
using Microsoft.Playwright;
using Xunit;

namespace ChatApp.Tests.Browser;

/// <summary>An account from its beginning to its end, on the Api as it is.</summary>
[Trait("Category", "Browser")]
[Collection(OneBrowser.Name)]
public sealed partial class AccountJourneyTests(StackFixture stack, ChromiumFixture chromium)
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Account_FromSignUpToDeletion_Works()
    {
        await using var site = await ScriptedSite.StartAsync(stack);
        using var first = await site.Api.SignUpAsync(); // The first one is the administrator, and the last of those stays.
        await using var nora = await Person.ArriveAsync(chromium.Browser, site.Address);
        var page = nora.Page;
        var email = await nora.SignUpAsync();

        // The second step is turned on, and asked for from then on.
        await page.GotoAsync("/account/security");
        await page.GetByLabel("Your password").FillAsync(Person.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Set it up" }).ClickAsync();
        var secret = Decode(await page.Locator("#secret").InnerTextAsync());
        await nora.PictureAsync("journey-second-factor");
        var step = Totp.StepAt(DateTimeOffset.UtcNow);
        await page.GetByLabel("The six digits that it shows now").FillAsync(Totp.Code(secret, step));
        await page.Keyboard.PressAsync("Enter");
        await page.Locator(".codes li").Nth(9).WaitForAsync();
        var recovery = await page.Locator(".codes li").First.InnerTextAsync();

        await page.GotoAsync("/characters");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.WaitForURLAsync(site.Address.ToString());
        await SignInAsync(page, email);
        await page.GetByLabel("Code").FillAsync(Totp.Code(secret, step + 1)); // Each is good once, and a clock may be one ahead.
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/characters");

        // A key, used by a program.
        await page.GotoAsync("/account/keys");
        await page.GetByLabel("Name").FillAsync("Backup script");
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "read" }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the key" }).ClickAsync();
        var key = await page.Locator("#new-key").InnerTextAsync();
        using var program = new HttpClient { BaseAddress = site.Api.Address };
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        Assert.Contains(email, await program.GetStringAsync(new Uri("/api/me", UriKind.Relative), Stop), StringComparison.Ordinal);
        await page.GotoAsync("/account/keys");
        await page.GetByLabel("Delete Backup script").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete the key" }).ClickAsync();
        await page.GetByText("You have none.").WaitForAsync();
        using (var refused = await program.GetAsync(new Uri("/api/me", UriKind.Relative), Stop))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }

        // Another device, by a recovery code; it is ended from here, and its open page says so.
        await using var other = await Person.ArriveAsync(chromium.Browser, site.Address);
        await SignInAsync(other.Page, email);
        await other.Page.GetByRole(AriaRole.Link, new() { Name = "Use a recovery code instead" }).ClickAsync();
        await other.Page.GetByLabel("Recovery code").FillAsync(recovery);
        await other.Page.Keyboard.PressAsync("Enter");
        await other.Page.WaitForURLAsync("**/characters");
        await other.Page.Locator("session-keeper").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.GotoAsync("/account/sessions");
        await nora.PictureAsync("journey-sessions");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = EndOther() }).ClickAsync();
        await page.GetByText("That session is ended.").WaitForAsync();
        await other.Page.ReloadAsync();
        await other.Page.GotoAsync("/account");
        await other.Page.WaitForURLAsync("**/sign-in?returnUrl=*");

        // All of it as a file, and the end.
        await page.GotoAsync("/account/data");
        var file = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Download everything" }).ClickAsync());
        Assert.Contains(email, await File.ReadAllTextAsync(await file.PathAsync(), Stop), StringComparison.Ordinal);
        await page.GetByText("I want to delete my account").ClickAsync();
        await page.GetByLabel("Type “delete my account”").FillAsync("delete my account");
        await page.GetByLabel("Your password").FillAsync(Person.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Goodbye" }).WaitForAsync();
        await SignInAsync(page, email);
        await page.GetByRole(AriaRole.Alert).WaitForAsync();
    }

    private static async Task SignInAsync(IPage page, string email)
    {
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("E-mail").FillAsync(email);
        await page.GetByLabel("Password").FillAsync(Person.Password);
        await page.Keyboard.PressAsync("Enter");
    }

    private static byte[] Decode(string secret)
    {
        var bits = string.Concat(secret.Where(char.IsLetterOrDigit).Select(static letter => Convert.ToString(Alphabet.IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. bits.Chunk(8).Where(static one => one.Length == 8).Select(static one => byte.Parse(one, NumberStyles.BinaryNumber, CultureInfo.InvariantCulture))];
    }

    [GeneratedRegex("^End the session of", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EndOther();
}
