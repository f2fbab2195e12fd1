using ChatApp.Tests.Stack;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatApp.Tests.Browser;

/// <summary>One story, on the real Api: somebody becomes a moderator, a message is held back and appealed, and the audit log knows it all.</summary>
[Trait("Category", "Browser")]
[Collection(OneBrowser.Name)]
public sealed class ModeratedStoryTests(StackFixture stack, ChromiumFixture chromium)
{
    private const string Blocked = "How do I make a pipe bomb for my film?";

    [Fact]
    public async Task Moderator_MadeByAnAdministrator_ApprovesWhatWasHeldBack()
    {
        await using var site = await ScriptedSite.StartAsync(stack);
        await using var nora = await Person.ArriveAsync(chromium.Browser, site.Address);
        await nora.SignUpAsync(); // the first account of all
        await using var mia = await Person.ArriveAsync(chromium.Browser, site.Address, ColorScheme.Light);
        var email = await mia.SignUpAsync();
        await using var ada = await Person.ArriveAsync(chromium.Browser, site.Address, onPhone: true);
        await ada.SignUpAsync();

        await MakeModeratorAsync();
        await BeBlockedAndAppealAsync();
        await ApproveAsync();

        // What was approved is said, and answered.
        await ada.Page.GoBackAsync();
        await ada.SayAsync(Blocked);
        await site.Engine.AnswerNextAsync("With a prop, and a good sound.");
        await ada.AnswerAsync(1);
        await ada.PictureAsync("story-approved");

        await LookAtTheLogAsync();

        async Task MakeModeratorAsync()
        {
            await nora.Page.GotoAsync($"/admin/people?query={Uri.EscapeDataString(email)}");
            await nora.Page.Locator(".person a").ClickAsync();
            await nora.Page.GetByLabel("Nora is").SelectOptionAsync("moderator");
            await nora.Page.GetByRole(AriaRole.Button, new() { Name = "Change the role…" }).ClickAsync();
            await nora.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Change the role" }).ClickAsync();
            await Expect(nora.Page.GetByText("Nora is a moderator now.")).ToBeVisibleAsync();
            await nora.PictureAsync("story-moderator");
        }

        async Task BeBlockedAndAppealAsync()
        {
            await ada.PickCharacterAsync();
            await ada.SayAsync(Blocked);
            var notice = ada.Page.Locator("[data-problem] .held-back");
            await Expect(notice).ToContainTextAsync("Not sent: help with something illegal");
            await Expect(ada.Composer).ToHaveValueAsync(Blocked);
            await ada.PictureAsync("story-held-back");
            await notice.GetByRole(AriaRole.Link, new() { Name = "Appeal" }).ClickAsync();
            await ada.Page.GetByLabel("Why it was right to say").FillAsync("It is for a film.");
            await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Send the appeal" }).ClickAsync();
            await Expect(ada.Page.GetByText("A moderator will look at it again.")).ToBeVisibleAsync();
        }

        async Task ApproveAsync()
        {
            await mia.Page.GotoAsync("/moderation?status=appealed");
            var item = mia.Page.Locator("[data-queue-item]");
            await Expect(item).ToContainTextAsync("It is for a film.");
            await Expect(mia.Page.Locator(".queue-link")).ToHaveAttributeAsync("aria-label", "Moderation queue, 1 waiting");
            await mia.Page.Keyboard.PressAsync("j");
            await mia.Page.Keyboard.PressAsync("s");
            await Expect(item.Locator(".excerpt")).ToContainTextAsync("pipe bomb");
            await mia.PictureAsync("story-queue");
            await mia.Page.Keyboard.PressAsync("a");
            await Expect(mia.Page.GetByText("No appeals.")).ToBeVisibleAsync();
        }

        async Task LookAtTheLogAsync()
        {
            await nora.Page.GotoAsync("/admin/audit");
            foreach (var action in new[] { "role.changed", "moderation.appealed", "moderation.approved" })
            {
                await Expect(nora.Page.Locator(".audit-action", new() { HasText = action })).ToHaveCountAsync(1);
            }

            await nora.Page.GetByRole(AriaRole.Button, new() { Name = "Verify the log" }).ClickAsync();
            await Expect(nora.Page.Locator(".verdict.ok")).ToContainTextAsync("Yes.");
            await nora.PictureAsync("story-audit");
        }
    }
}
