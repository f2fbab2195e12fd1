using System.Text.RegularExpressions;
using ChatApp.Tests.Stack;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatApp.Tests.Browser;

/// <summary>What a person presses before the circuit is up, while it comes up, or while it is away, is not lost.</summary>
[Trait("Category", "Browser")]
[Collection(OneBrowser.Name)]
public sealed partial class FirstClickTests(StackFixture stack, ChromiumFixture chromium)
{
    [Fact]
    public async Task Start_BeforeTheCircuitsScript_OpensTheConversation()
    {
        await using var nora = await Person.ArriveAsync(chromium.Browser, BrowserSite.Of(stack));
        await nora.SignUpAsync();
        var script = await HoldScriptAsync(nora);
        await nora.Page.GotoAsync("/characters", new() { WaitUntil = WaitUntilState.Commit });

        await nora.Page.Locator(".card").Nth(1).GetByRole(AriaRole.Button).ClickAsync();
        await Expect(nora.Page).ToHaveURLAsync(Chat());
        await nora.PictureAsync("chat-before-the-circuit");
        script.SetResult();

        await nora.SayAsync("Hello.");
        Assert.NotEmpty(await nora.AnswerAsync(1));
        nora.AssertNoComplaints();
    }

    [Fact]
    public async Task Start_PressedWhileTheCircuitTakesThePageOver_OpensTheConversation()
    {
        await using var nora = await Person.ArriveAsync(chromium.Browser, BrowserSite.Of(stack));
        await nora.SignUpAsync();
        var script = await HoldScriptAsync(nora);
        await nora.Page.GotoAsync("/characters", new() { WaitUntil = WaitUntilState.Commit });
        var button = nora.Page.Locator(".card").Nth(1).GetByRole(AriaRole.Button);
        await nora.Page.WaitForFunctionAsync("() => customElements.get('chat-room')"); // All but the circuit is there.

        // The finger goes down on the prerendered button and comes up on the circuit's.
        await button.EvaluateAsync("button => { window.__pressed = button; }");
        await button.HoverAsync();
        await nora.Page.Mouse.DownAsync();
        script.SetResult();
        await nora.Page.WaitForFunctionAsync("() => !window.__pressed.isConnected");
        await nora.Page.Mouse.UpAsync();

        await nora.Page.WaitForURLAsync("**/chat/**");
        await nora.Composer.WaitForAsync();
        nora.AssertNoComplaints();
    }

    [Fact]
    public async Task Start_WithoutScript_OpensTheConversation()
    {
        await using var nora = await Person.ArriveAsync(chromium.Browser, BrowserSite.Of(stack), withScript: false);
        await nora.SignUpAsync();

        await nora.Page.Locator(".card").First.GetByRole(AriaRole.Button).ClickAsync();

        await nora.Page.WaitForURLAsync("**/chat/**");
    }

    [Fact]
    public async Task Cards_StayWhereTheyAre_WhenTheCircuitTakesThePageOver()
    {
        await using var nora = await Person.ArriveAsync(chromium.Browser, BrowserSite.Of(stack));
        await nora.SignUpAsync();
        var script = await HoldScriptAsync(nora);
        await nora.Page.GotoAsync("/characters", new() { WaitUntil = WaitUntilState.Commit });
        await nora.Page.WaitForFunctionAsync("() => customElements.get('chat-room')");
        await nora.Page.EvaluateAsync("""
            () => {
              const tops = window.__tops = new Set();
              const first = window.__first = document.querySelector('.card');
              const look = () => { tops.add(Math.round(document.querySelector('.card')?.offsetTop ?? -1)); requestAnimationFrame(look); };
              look();
            }
            """);

        script.SetResult();
        await nora.Page.WaitForFunctionAsync("() => !window.__first.isConnected");
        await nora.Conversations.Or(nora.Page.Locator(".sidebar-note")).First.WaitForAsync();

        Assert.Single(await nora.Page.EvaluateAsync<int[]>("() => [...window.__tops]"));
        nora.AssertNoComplaints();
    }

    [Fact]
    public async Task Links_WhileTheCircuitIsAway_LeadWhereTheySay()
    {
        await using var nora = await Person.ArriveAsync(chromium.Browser, BrowserSite.Of(stack));
        var circuit = await BreakableCircuit.OfAsync(nora.Page);
        await nora.SignUpAsync();
        await nora.PickCharacterAsync();
        await circuit.BreakAsync();
        await Expect(nora.Page.Locator("#components-reconnect-modal")).ToBeVisibleAsync();

        await nora.Page.GetByRole(AriaRole.Link, new() { Name = "New conversation", Exact = true }).ClickAsync();

        await Expect(nora.Page.Locator(".card")).Not.ToHaveCountAsync(0);
        circuit.Mend();
    }

    private static async Task<TaskCompletionSource> HoldScriptAsync(Person nora)
    {
        var mayCome = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await nora.Page.RouteAsync(Script(), async route =>
        {
            await mayCome.Task;
            try
            {
                await route.ContinueAsync();
            }
            catch (PlaywrightException)
            {
                // The page that asked for it was left.
            }
        });
        return mayCome;
    }

    [GeneratedRegex("/chat/", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Chat();

    [GeneratedRegex(@"/_framework/blazor\.web.*\.js", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Script();
}
