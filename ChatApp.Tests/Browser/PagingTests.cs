using ChatApp.Tests.Stack;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatApp.Tests.Browser;

/// <summary>Lists longer than a page.</summary>
[Trait("Category", "Browser")]
[Collection(OneBrowser.Name)]
public sealed class PagingTests(StackFixture stack, ChromiumFixture chromium)
{
    [Fact]
    public async Task Conversations_MoreThanAPage_ComeWithScrolling()
    {
        await using var nora = await Person.ArriveAsync(chromium.Browser, BrowserSite.Of(stack));
        await nora.SignUpAsync();
        await nora.Page.EvaluateAsync("""
            async () => {
              const { items: [{ id: characterId }] } = await (await fetch('/api/characters')).json();
              for (let count = 0; count < 35; count++) {
                await fetch('/api/conversations', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ characterId }) });
              }
            }
            """);

        await nora.Page.ReloadAsync();
        await Expect(nora.Conversations).ToHaveCountAsync(30);
        await nora.Conversations.Last.ScrollIntoViewIfNeededAsync();

        await Expect(nora.Conversations).ToHaveCountAsync(35);
        nora.AssertNoComplaints();
    }

    [Fact]
    public async Task Messages_MoreThanAPage_ComeOnDemandAndTheViewStays()
    {
        await using var nora = await Person.ArriveAsync(chromium.Browser, BrowserSite.Of(stack));
        await nora.SignUpAsync();
        await nora.PickCharacterAsync();
        await nora.Page.EvaluateAsync("""
            async () => {
              const conversation = location.pathname.split('/').at(-1);
              for (let count = 1; count <= 17; count++) {
                const posted = await fetch(`/api/conversations/${conversation}/turns`, {
                  method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ text: `Hello number ${count}` }),
                });
                const { eventsUrl } = await posted.json();
                await (await fetch(eventsUrl)).text();
              }
            }
            """);
        await nora.Page.ReloadAsync();
        await Expect(nora.Page.Locator(".message")).ToHaveCountAsync(30);
        await Expect(nora.Page.GetByText("Hello number 17")).ToBeInViewportAsync();

        var earlier = nora.Page.GetByRole(AriaRole.Button, new() { Name = "Load earlier messages" });
        await earlier.ScrollIntoViewIfNeededAsync();
        var first = nora.Page.Locator(".message").First;
        var id = await first.GetAttributeAsync("data-message-id");
        var before = await TopOfAsync(nora.Page, id!);
        await earlier.ClickAsync();
        await Expect(nora.Page.Locator(".message")).ToHaveCountAsync(34);

        var after = await TopOfAsync(nora.Page, id!);
        Assert.InRange(after - before, -60, 60);
        await Expect(nora.Page.Locator(".mine .said").First).ToHaveTextAsync("Hello number 1");

        // Far from the end there is a way back to it.
        await nora.Page.GetByRole(AriaRole.Button, new() { Name = "Jump to latest" }).ClickAsync();
        await Expect(nora.Page.GetByText("Hello number 17")).ToBeInViewportAsync();
        nora.AssertNoComplaints();
    }

    private static Task<double> TopOfAsync(IPage page, string id)
        => page.EvaluateAsync<double>("id => document.querySelector(`[data-message-id=\"${id}\"]`).getBoundingClientRect().top", id);
}
