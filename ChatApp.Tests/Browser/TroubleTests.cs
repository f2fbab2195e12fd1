using System.Text.RegularExpressions;
using ChatApp.Tests.Stack;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatApp.Tests.Browser;

/// <summary>What a person sees when something between them and the answer fails.</summary>
[Trait("Category", "Browser")]
[Collection(OneBrowser.Name)]
public sealed partial class TroubleTests(StackFixture stack, ChromiumFixture chromium)
{
    [Fact]
    public async Task Send_Refused_KeepsTheTextAndRetriesUnderTheSameKey()
    {
        await using var nora = await Person.ArriveAsync(chromium.Browser, BrowserSite.Of(stack));
        await nora.SignUpAsync();
        await nora.PickCharacterAsync();
        var keys = new List<string>();
        await nora.Page.RouteAsync(Turns(), async route =>
        {
            keys.Add(await route.Request.HeaderValueAsync("Idempotency-Key") ?? "");
            if (keys.Count == 1)
            {
                await route.FulfillAsync(new() { Status = 503, ContentType = "application/problem+json", Body = """{"title":"Busy","detail":"Too many people talk just now."}""" });
                return;
            }

            await route.ContinueAsync();
        });

        await nora.SayAsync("Keep this.");
        var problem = nora.Page.Locator("[data-problem]");
        await Expect(problem).ToContainTextAsync("Too many people talk just now.");
        await Expect(nora.Composer).ToHaveValueAsync("Keep this.");
        await Expect(nora.Page.Locator(".message")).ToHaveCountAsync(0);
        await problem.GetByRole(AriaRole.Button, new() { Name = "Retry" }).ClickAsync();

        await nora.AnswerAsync(1);
        await Expect(nora.Page.Locator(".mine .said")).ToHaveTextAsync("Keep this.");
        await Expect(problem).ToBeHiddenAsync();
        Assert.Equal(2, keys.Count);
        Assert.NotEmpty(keys[0]);
        Assert.Equal(keys[0], keys[1]);
        Assert.Single(nora.Complaints, complaint => complaint.Contains("503", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Send_AfterTheAnswerToTheFirstTryWasLost_SaysItOnce()
    {
        await using var nora = await Person.ArriveAsync(chromium.Browser, BrowserSite.Of(stack));
        await nora.SignUpAsync();
        await nora.PickCharacterAsync();
        var tries = 0;
        await nora.Page.RouteAsync(Turns(), async route =>
        {
            if (tries++ == 0)
            {
                await route.FetchAsync(); // The server takes it, and the browser never hears of it.
                await route.AbortAsync();
                return;
            }

            await route.ContinueAsync();
        });

        await nora.SayAsync("Only once, please.");
        await nora.AnswerAsync(1); // It is tried again by itself.
        Assert.Equal(2, tries);
        await nora.Page.ReloadAsync();

        await Expect(nora.Page.Locator("[data-stored] .mine .said")).ToHaveCountAsync(1);
        await Expect(nora.StoredAnswers).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Circuit_Lost_SaysSoAndTheChatGoesOn()
    {
        await using var nora = await Person.ArriveAsync(chromium.Browser, BrowserSite.Of(stack));
        var circuit = await BreakableCircuit.OfAsync(nora.Page);
        await nora.SignUpAsync();
        await nora.PickCharacterAsync();
        var notice = nora.Page.Locator("#components-reconnect-modal");

        await circuit.BreakAsync();
        await Expect(notice).ToContainTextAsync("Reconnecting…");
        await Expect(notice).ToBeVisibleAsync();
        await nora.SayAsync("Are you still there?");
        await Expect(nora.LiveAnswer).ToHaveCountAsync(1, new() { Timeout = 30_000 });
        await nora.StopButton.WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        var live = await nora.LiveAnswer.InnerTextAsync();

        circuit.Mend();
        await Expect(notice).ToBeHiddenAsync(new() { Timeout = 40_000 });
        Assert.Equal(live, await nora.AnswerAsync(1));
        await Expect(nora.LiveAnswer).ToHaveCountAsync(0);
    }

    [GeneratedRegex("/api/conversations/[^/]+/turns$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Turns();
}
