using System.Globalization;
using System.Text.RegularExpressions;
using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatApp.Tests.Browser;

/// <summary>An answer and a message survive what happens to pages, tabs, devices and networks, to the letter.</summary>
[Trait("Category", "Browser")]
[Collection(OneBrowser.Name)]
public sealed partial class NeverLostTests(StackFixture stack, ChromiumFixture chromium)
{
    private const string Reconnecting = "Connection lost. Reconnecting…";

    private const string Question = "Sing me something long.";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reload_InMidAnswer_GoesOnToTheLetter()
    {
        await using var site = await ScriptedSite.StartAsync(stack);
        await using var nora = await ArriveAsync(site);
        var call = await AskAsync(site, nora);

        for (var reload = 0; reload < 3; reload++)
        {
            Say(call, reload * 10, 10);
            await ShowsAsync(nora.Page, Song(0, (reload + 1) * 10));
            await nora.Page.ReloadAsync();
        }

        Say(call, 30, 10);
        call.Finish();
        await EndsAsync(site, nora.Page, Song(0, 40));
        nora.AssertNoComplaints();
    }

    [Fact]
    public async Task Page_LeftAndOpenedAgain_GoesOn()
    {
        await using var site = await ScriptedSite.StartAsync(stack);
        await using var nora = await ArriveAsync(site);
        var call = await AskAsync(site, nora);
        Say(call, 0, 5);
        await ShowsAsync(nora.Page, Song(0, 5));

        await nora.Page.GetByRole(AriaRole.Link, new() { Name = "New conversation", Exact = true }).ClickAsync();
        await nora.Page.WaitForURLAsync("**/characters");
        Say(call, 5, 5);
        await nora.Conversations.First.GetByRole(AriaRole.Link).ClickAsync();
        await ShowsAsync(nora.Page, Song(0, 10));

        call.Finish();
        await EndsAsync(site, nora.Page, Song(0, 10));
        nora.AssertNoComplaints();
    }

    [Fact]
    public async Task AnotherDevice_SeesTheSameAnswerAndStopsIt()
    {
        await using var site = await ScriptedSite.StartAsync(stack);
        await using var nora = await Person.ArriveAsync(chromium.Browser, site.Address);
        var email = await nora.SignUpAsync();
        await nora.PickCharacterAsync();
        await using var phone = await nora.OnAnotherDeviceAsync(email);

        // It shows the conversation already, and learns of the turn when someone looks at it again.
        var call = await AskAsync(site, nora);
        Say(call, 0, 6);
        await ShowsAsync(nora.Page, Song(0, 6));
        await phone.Page.EvaluateAsync("() => dispatchEvent(new Event('focus'))");
        await ShowsAsync(phone.Page, Song(0, 6));
        await Expect(phone.Page.Locator(".mine .said")).ToHaveTextAsync(Question);

        Say(call, 6, 4);
        await ShowsAsync(phone.Page, Song(0, 10));
        await phone.StopButton.ClickAsync();
        await call.Closed.WaitAsync(TimeSpan.FromSeconds(5), Cancelled);

        foreach (var page in new[] { nora.Page, phone.Page })
        {
            await EndsAsync(site, page, Song(0, 10));
            await Expect(page.Locator("[data-stored] .theirs")).ToContainTextAsync("Stopped");
        }

        nora.AssertNoComplaints();
        phone.AssertNoComplaints();
    }

    [Fact]
    public async Task AnotherTab_LearnsOfATurnAtOnce()
    {
        await using var site = await ScriptedSite.StartAsync(stack);
        await using var nora = await ArriveAsync(site);
        var tab = await nora.OpenTabAsync(new Uri(nora.Page.Url).AbsolutePath);
        await tab.Locator("[data-text]").WaitForAsync();

        var call = await AskAsync(site, nora);
        Say(call, 0, 4);

        await ShowsAsync(tab, Song(0, 4));
        call.Finish();
        await EndsAsync(site, tab, Song(0, 4));
        nora.AssertNoComplaints();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Reload_InTheMomentOfSending_SaysItOnce(bool arrived)
    {
        await using var site = await ScriptedSite.StartAsync(stack);
        await using var nora = await ArriveAsync(site);
        var keys = new List<string>();
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await nora.Page.RouteAsync(Turns(), async route =>
        {
            keys.Add(await route.Request.HeaderValueAsync("Idempotency-Key") ?? "");
            if (keys.Count > 1)
            {
                await route.ContinueAsync();
                return;
            }

            // The page never hears of it: gone on its way there, or on its way back.
            if (arrived)
            {
                await route.FetchAsync();
            }

            held.TrySetResult();
        });

        await nora.SayAsync(Question);
        await held.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancelled);
        await nora.Page.ReloadAsync();
        var call = await site.Engine.NextCallAsync();
        Say(call, 0, 5);
        await ShowsAsync(nora.Page, Song(0, 5));
        await Expect(nora.Messages).ToHaveCountAsync(2);
        call.Finish();
        await EndsAsync(site, nora.Page, Song(0, 5));

        await Expect(nora.Messages).ToHaveCountAsync(2);
        await Expect(nora.Composer).ToHaveValueAsync("");
        Assert.Equal(2, keys.Count);
        Assert.Equal(keys[0], keys[1]);
        Assert.Equal(1, await site.CountAsync("messages WHERE role = 'user'"));
        await nora.Page.ReloadAsync();
        await Expect(nora.Messages).ToHaveCountAsync(2);
        Assert.Equal(2, keys.Count);
        nora.AssertNoComplaints();
    }

    [Fact]
    public async Task Circuit_Dead_TheTextGoesOnAndStopWorks()
    {
        await using var site = await ScriptedSite.StartAsync(stack);
        await using var nora = await Person.ArriveAsync(chromium.Browser, site.Address);
        var circuit = await BreakableCircuit.OfAsync(nora.Page);
        await nora.SignUpAsync();
        await nora.PickCharacterAsync();
        var call = await AskAsync(site, nora);
        Say(call, 0, 5);
        await ShowsAsync(nora.Page, Song(0, 5));

        await circuit.BreakAsync();
        await Expect(nora.Page.Locator("#components-reconnect-modal")).ToBeVisibleAsync();
        Say(call, 5, 5);
        await ShowsAsync(nora.Page, Song(0, 10));
        await nora.StopButton.ClickAsync();
        await call.Closed.WaitAsync(TimeSpan.FromSeconds(5), Cancelled);
        await Expect(nora.Answers).ToContainTextAsync(["Stopped"]);
        Assert.Equal(Song(0, 10), await TextAsync(nora.Page));

        // Nor is a message kept from being said.
        await nora.SayAsync("Then something short.");
        await site.Engine.AnswerNextAsync("La.");
        await Expect(nora.Answers.Nth(1)).ToContainTextAsync("La.");
        await nora.StopButton.WaitForAsync(new() { State = WaitForSelectorState.Hidden });

        circuit.Mend();
        await Expect(nora.Page.Locator("[data-stored] > .message")).ToHaveCountAsync(4, new() { Timeout = 40_000 });
        await Expect(nora.Messages).ToHaveCountAsync(4);
    }

    [Fact]
    public async Task Network_GoneForAWhile_TheTextGoesOnToTheLetter()
    {
        await using var site = await ScriptedSite.StartAsync(stack);
        using var cable = new Cable(site.Address);
        await using var nora = await Person.ArriveAsync(chromium.Browser, cable.Address);
        await nora.SignUpAsync();
        await nora.PickCharacterAsync();
        var call = await AskAsync(site, nora);

        for (var loss = 0; loss < 3; loss++)
        {
            Say(call, loss * 10, 5);
            await ShowsAsync(nora.Page, Song(0, (loss * 10) + 5));
            await nora.Context.SetOfflineAsync(true);
            cable.Pull();
            await Expect(nora.Page.Locator("[data-status]")).ToHaveTextAsync(Reconnecting);
            Say(call, (loss * 10) + 5, 5);
            await nora.PictureAsync("network-gone");
            cable.PutBack();
            await nora.Context.SetOfflineAsync(false);
            await ShowsAsync(nora.Page, Song(0, (loss + 1) * 10));
        }

        call.Finish();
        await EndsAsync(site, nora.Page, Song(0, 30));
    }

    [Fact]
    public async Task Send_WithoutANetwork_GoesByItselfWhenItIsBack()
    {
        await using var site = await ScriptedSite.StartAsync(stack);
        using var cable = new Cable(site.Address);
        await using var nora = await Person.ArriveAsync(chromium.Browser, cable.Address);
        await nora.SignUpAsync();
        await nora.PickCharacterAsync();

        cable.Pull();
        await nora.SayAsync(Question);
        await Expect(nora.Page.Locator("[data-status]")).ToHaveTextAsync(Reconnecting);
        cable.PutBack();
        await site.Engine.AnswerNextAsync("La.");
        await nora.AnswerAsync(1);

        await Expect(nora.Messages).ToHaveCountAsync(2);
        Assert.Equal(1, await site.CountAsync("messages WHERE role = 'user'"));
    }

    private async Task<Person> ArriveAsync(ScriptedSite site)
    {
        var nora = await Person.ArriveAsync(chromium.Browser, site.Address);
        await nora.SignUpAsync();
        await nora.PickCharacterAsync();
        return nora;
    }

    private static async Task<EngineCall> AskAsync(ScriptedSite site, Person nora)
    {
        await nora.SayAsync(Question);
        return await site.Engine.NextCallAsync();
    }

    private static void Say(EngineCall call, int from, int count)
    {
        for (var word = from; word < from + count; word++)
        {
            call.Say(Song(word, 1));
        }
    }

    private static string Song(int from, int count) =>
        string.Concat(Enumerable.Range(from, count).Select(static word => string.Create(CultureInfo.InvariantCulture, $"lá{word}😀 ")));

    // The Markdown itself, in which every character counts.
    private static Task<string> TextAsync(IPage page) =>
        page.EvaluateAsync<string>("() => [...document.querySelectorAll('.messages > .theirs:not([hidden]) chat-markdown')].at(-1)?.text ?? ''");

    private static async Task ShowsAsync(IPage page, string text)
    {
        await page.WaitForFunctionAsync(
            "text => ([...document.querySelectorAll('.messages > .theirs:not([hidden]) chat-markdown')].at(-1)?.text.length ?? 0) >= text.length", text);
        Assert.Equal(text, await TextAsync(page));
    }

    private static async Task EndsAsync(ScriptedSite site, IPage page, string text)
    {
        await page.Locator("[data-stored] > .theirs").First.WaitForAsync();
        await Expect(page.Locator("[data-live] > li")).ToHaveCountAsync(0);
        Assert.Equal(text, await TextAsync(page));
        Assert.Equal(text, await site.StoredAnswerAsync());
        await Expect(page.Locator(".messages > .theirs:not([hidden])")).ToHaveCountAsync(1);
    }

    [GeneratedRegex("/api/conversations/[^/]+/turns$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Turns();
}
