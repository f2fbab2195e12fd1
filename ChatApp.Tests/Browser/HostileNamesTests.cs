using System.Text.Json;
using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatApp.Tests.Browser;

/// <summary>Names, titles, memories and documents are text on every page that shows them, whatever they pretend to be.</summary>
[Trait("Category", "Browser")]
[Collection(OneBrowser.Name)]
public sealed class HostileNamesTests(StackFixture stack, ChromiumFixture chromium)
{
    private const string Hostile = "<img src=x onerror=window.pwned=1>\"'</title><svg onload=window.pwned=1>";

    [Fact]
    public async Task EveryPage_WithHostileNames_ShowsThemAsText()
    {
        await using var nora = await Person.ArriveAsync(chromium.Browser, BrowserSite.Of(stack));
        await nora.Page.GotoAsync("/sign-up");
        await nora.Page.GetByLabel("Name").FillAsync(Hostile[..60]);
        await nora.Page.GetByLabel("E-mail").FillAsync($"nora.{Guid.NewGuid():N}@example.com");
        await nora.Page.GetByLabel("Password").FillAsync(Person.Password);
        await nora.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Create account" }).ClickAsync();
        await nora.Page.WaitForURLAsync("**/characters");
        var made = (await nora.Page.EvaluateAsync<JsonElement>("""
            async ([hostile, character]) => {
              const send = async (method, path, body) => {
                const form = body instanceof FormData;
                const response = await fetch(path, { method, body: form ? body : JSON.stringify(body), headers: form ? {} : { 'Content-Type': 'application/json' } });
                if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
                return response.json();
              };
              const conversation = await send('POST', '/api/conversations', { characterId: character });
              await send('PATCH', `/api/conversations/${conversation.id}`, { title: hostile });
              await send('POST', `/api/characters/${character}/memories`, { text: hostile });
              const file = new FormData();
              file.append('file', new Blob([`<html><title>${hostile}</title><body>${hostile}</body></html>`], { type: 'text/html' }), 'a<img src=x onerror=window.pwned=1>.html');
              await send('POST', `/api/conversations/${conversation.id}/documents`, file);
              return conversation;
            }
            """, new[] { Hostile, ApiUser.Mira.ToString() })).GetProperty("id").GetString();

        foreach (var path in Pages(made!))
        {
            await nora.Page.GotoAsync(path);
            await nora.Page.Locator("main").First.WaitForAsync();
            await nora.Page.WaitForTimeoutAsync(300);

            Assert.Null(await nora.Page.EvaluateAsync<int?>("() => window.pwned ?? null"));
            await Expect(nora.Page.Locator("img[src=x], svg[onload], [onerror]")).ToHaveCountAsync(0);
        }

        nora.AssertNoComplaints();
    }

    private static string[] Pages(string conversation) =>
        ["/characters", $"/chat/{conversation}", $"/memory/{ApiUser.Mira}"];
}
