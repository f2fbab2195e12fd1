using ChatApp.Tests.Stack;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatApp.Tests.Browser;

/// <summary>What administrators see of engines and models, and do with them.</summary>
[Trait("Category", "Browser")]
[Collection(OneBrowser.Name)]
public sealed class AdminPageTests(StackFixture stack, ChromiumFixture chromium)
{
    [Theory]
    [InlineData(ColorScheme.Dark, false)]
    [InlineData(ColorScheme.Light, true)]
    public async Task Pages_OfAnAdministrator_DoWhatIsAsked(ColorScheme theme, bool onPhone)
    {
        await using var site = await AdminSite.StartAsync(stack);
        await using var nora = await Person.ArriveAsync(chromium.Browser, site.Address, theme, onPhone);
        var (page, name) = (nora.Page, $"{theme.ToString().ToLowerInvariant()}{(onPhone ? "-phone" : "")}");
        await nora.SignUpAsync(); // the first account of all
        if (onPhone)
        {
            await page.SetViewportSizeAsync(390, 844);
            await page.GetByRole(AriaRole.Button, new() { Name = "Open the conversations" }).ClickAsync();
        }

        // The models of the configuration, and another with a chain.
        await page.GetByRole(AriaRole.Link, new() { Name = "Models and engines" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "2 models" })).ToBeVisibleAsync();
        await LookAsync("admin-models");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a model" }).ClickAsync();
        var form = page.GetByRole(AriaRole.Form, new() { Name = "Add a model" });
        await form.GetByLabel("Name", new() { Exact = true }).FillAsync("everyday");
        await form.GetByRole(AriaRole.Button, new() { Name = "Add a target" }).ClickAsync();
        var second = form.GetByRole(AriaRole.Group, new() { Name = "2. target" });
        await second.GetByLabel("Engine").SelectOptionAsync("ollama");
        await second.GetByLabel("Its name there").FillAsync("llama3.2:3b");
        await form.GetByRole(AriaRole.Group, new() { Name = "1. target" }).GetByLabel("Engine").SelectOptionAsync("gone");
        await second.GetByText("Price, context and abilities").ClickAsync();
        await second.GetByLabel("Million tokens in").FillAsync("0.25");
        await second.GetByLabel("images").UncheckAsync();
        await LookAsync("admin-model-form");
        await second.GetByRole(AriaRole.Button, new() { Name = "Try target 2 earlier" }).ClickAsync();
        await Expect(form.GetByRole(AriaRole.Group, new() { Name = "1. target" }).GetByLabel("Its name there")).ToHaveValueAsync("llama3.2:3b");
        await form.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        var chain = page.GetByRole(AriaRole.List, new() { Name = "The chain of everyday" }).GetByRole(AriaRole.Listitem);
        await Expect(chain.Nth(0)).ToContainTextAsync("ollama as llama3.2:3b");
        await Expect(chain.Nth(0)).ToContainTextAsync("0.25 in");
        await Expect(chain.Nth(1)).ToContainTextAsync("gone");

        // The gateway's own words, where a form is wrong.
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a model" }).ClickAsync();
        form = page.GetByRole(AriaRole.Form, new() { Name = "Add a model" });
        await form.GetByLabel("Name", new() { Exact = true }).FillAsync("auto");
        await form.GetByLabel("A small or a large model, by the question").CheckAsync();
        await form.GetByLabel("For easy questions").FillAsync("everyday");
        await form.GetByLabel("For hard ones").FillAsync("nothing");
        await form.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(form.GetByRole(AriaRole.Alert)).ToContainTextAsync("nothing");
        await LookAsync("admin-model-refused");
        await form.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();

        // The engines, and how they are.
        await page.GetByRole(AriaRole.Link, new() { Name = "Engines", Exact = true }).ClickAsync();
        var engines = page.Locator(".admin-item:has(.condition)");
        await Expect(engines.Filter(new() { HasText = "Ollama" }).Locator(".condition")).ToHaveTextAsync("Ready");
        await Expect(engines.Filter(new() { HasText = "llama.cpp server" }).Locator(".condition")).ToHaveTextAsync("Down");
        await LookAsync("admin-engines");

        // A model is pulled, and watched to its end.
        await page.GetByText("Models on its disk").ClickAsync();
        await Expect(page.Locator(".local-name")).ToHaveTextAsync("llama3.2:3b");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Pull a model" }).FillAsync("qwen2.5:1.5b");
        await page.GetByRole(AriaRole.Button, new() { Name = "Pull", Exact = true }).ClickAsync();
        var bar = page.GetByRole(AriaRole.Progressbar, new() { Name = "Pulling qwen2.5:1.5b" });
        await Expect(bar).ToHaveAttributeAsync("value", "40");
        await Expect(page.Locator(".pull")).ToContainTextAsync("40 % · 800.0 MB of 2.0 GB");
        await LookAsync("admin-pulling");
        site.Ollama.PullMayEnd.SetResult();
        await Expect(page.Locator(".pull.succeeded")).ToContainTextAsync("Pulled.");
        await Expect(page.Locator(".local-name")).ToHaveTextAsync(["llama3.2:3b", "qwen2.5:1.5b"]);

        // And deleted, by keyboard, when that was meant.
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete qwen2.5:1.5b" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Keep it" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".local-name")).ToHaveTextAsync(["llama3.2:3b"]);
        Assert.Equal(["llama3.2:3b"], site.Ollama.Models);

        // An engine is added and taken away again.
        await page.GetByRole(AriaRole.Button, new() { Name = "Add an engine" }).ClickAsync();
        form = page.GetByRole(AriaRole.Form, new() { Name = "Add an engine" });
        await form.GetByLabel("Name", new() { Exact = true }).FillAsync("gpu-2");
        await form.GetByLabel("Address").FillAsync("http://127.0.0.1:9");
        await LookAsync("admin-engine-form");
        await form.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove gpu-2" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "2 engines" })).ToBeVisibleAsync();
        nora.AssertNoComplaints();

        async Task LookAsync(string what)
        {
            await nora.AssertAccessibleAsync($"{what} {name}");
            await nora.AssertFitsAsync($"{what} {name}");
            await nora.PictureAsync($"{what}-{name}");
        }
    }

    [Fact]
    public async Task Pages_OfSomebodyElse_ShowNothing()
    {
        await using var site = await AdminSite.StartAsync(stack);
        await using var nora = await Person.ArriveAsync(chromium.Browser, site.Address);
        await nora.SignUpAsync();
        await using var otto = await Person.ArriveAsync(chromium.Browser, site.Address);
        await otto.SignUpAsync();

        await Expect(otto.Page.GetByRole(AriaRole.Link, new() { Name = "Models and engines" })).ToHaveCountAsync(0);
        foreach (var path in new[] { "/admin/models", "/admin/engines", "/admin/usage" })
        {
            await otto.Page.GotoAsync(path);
            await Expect(otto.Page.GetByRole(AriaRole.Heading, new() { Name = "For administrators" })).ToBeVisibleAsync();
            await Expect(otto.Page.Locator(".admin")).ToHaveCountAsync(0);
        }

        otto.AssertNoComplaints();
    }
}
