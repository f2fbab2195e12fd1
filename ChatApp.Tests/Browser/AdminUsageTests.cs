using ChatApp.Tests.Api;
using ChatApp.Tests.Gateway;
using ChatApp.Tests.Stack;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatApp.Tests.Browser;

/// <summary>What administrators see of usage and budgets, and of a gateway that is away.</summary>
[Trait("Category", "Browser")]
[Collection(OneBrowser.Name)]
public sealed class AdminUsageTests(StackFixture stack, ChromiumFixture chromium)
{
    [Theory]
    [InlineData(ColorScheme.Light, false)]
    [InlineData(ColorScheme.Dark, true)]
    public async Task Usage_OfSevenAndThirtyDays_IsShownAndBudgetsAreSet(ColorScheme theme, bool onPhone)
    {
        var keys = Directory.CreateTempSubdirectory("chatapp-keys-");
        await using var gateway = await FakeGateway.StartAsync();
        await using var engine = await ScriptedEngine.StartAsync();
        await using var api = await ApiHost.StartAsync(stack, engine, [ApiHostRows.WithoutWorker, .. gateway.Settings]);
        await using var site = ScriptedSite.Build(api.Address, keys);
        await site.StartAsync(TestContext.Current.CancellationToken);
        await using var nora = await Person.ArriveAsync(chromium.Browser, new Uri(site.Urls.Single()), theme, onPhone);
        var (page, name) = (nora.Page, $"{theme.ToString().ToLowerInvariant()}{(onPhone ? "-phone" : "")}");
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        Usage(7, 120);
        Usage(30, 4800);
        const string budget = """{"caller":"background-facts","tokensPerDay":TOKENS,"usedTokens":900,"usedCost":0.5,"currency":"EUR","resetsAt":"2026-11-22T00:00:00Z","source":"SOURCE"}""";
        gateway.Answer("GET /admin/budgets/background-facts", budget.Replace("TOKENS", "5000", StringComparison.Ordinal).Replace("SOURCE", "default", StringComparison.Ordinal));
        gateway.Answer("PUT /admin/budgets/background-facts", budget.Replace("TOKENS", "7000", StringComparison.Ordinal).Replace("SOURCE", "stored", StringComparison.Ordinal));
        await nora.SignUpAsync();
        await page.SetViewportSizeAsync(onPhone ? 390 : 1280, 844);

        await page.GotoAsync("/admin/usage");
        var models = page.GetByRole(AriaRole.Region, new() { Name = "By model, as a table" });
        await Expect(models.GetByRole(AriaRole.Row).Nth(1)).ToContainTextAsync("120");
        await LookAsync("admin-usage");
        await page.GetByRole(AriaRole.Link, new() { Name = "30 days" }).ClickAsync();
        await Expect(models.GetByRole(AriaRole.Row).Nth(1)).ToContainTextAsync("4,800");

        await page.GetByRole(AriaRole.Button, new() { Name = "Budget of background-facts" }).ClickAsync();
        var tokens = page.GetByLabel("Tokens a day");
        await Expect(tokens).ToHaveValueAsync("5000");
        await Expect(page.GetByText("Used so far: 900 tokens, 0.50 EUR. It begins anew at 00:00 UTC on 22 November.")).ToBeVisibleAsync();
        await LookAsync("admin-budget");
        await tokens.FillAsync("7000");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByText("Saved.")).ToBeVisibleAsync();
        Assert.Contains("""PUT /admin/budgets/background-facts {"tokensPerDay":7000}""", gateway.Requests);

        // What the gateway does not answer is said, with what to do.
        await page.GotoAsync("/admin/engines");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("There is no GET /admin/");
        gateway.Answer("GET /admin/engines", """{"items":[]}""");
        gateway.Answer("GET /admin/pulls", """{"items":[]}""");
        await page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Expect(page.GetByText("No engine yet.")).ToBeVisibleAsync();
        await LookAsync("admin-no-engines");
        nora.AssertNoComplaints();
        await site.StopAsync(new CancellationToken(canceled: true));
        keys.Delete(recursive: true);

        void Usage(int days, int requests)
        {
            var range = FormattableString.Invariant($"from={today.AddDays(1 - days):yyyy-MM-dd}&to={today:yyyy-MM-dd}");
            var row = $$"""  "requests":{{requests}},"failed":2,"cached":1,"inputTokens":123456,"cachedInputTokens":100000,"outputTokens":7890,"cost":0.1234,"currency":"EUR"}""";
            gateway.Answer($"GET /admin/usage?{range}&by=model", $$"""{"items":[{"model":"llama3.2:3b",{{row}}]}""");
            gateway.Answer($"GET /admin/usage?{range}&by=caller", $$"""{"items":[{"caller":"background-facts",{{row}}]}""");
        }

        async Task LookAsync(string what)
        {
            await nora.AssertAccessibleAsync($"{what} {name}");
            await nora.AssertFitsAsync($"{what} {name}");
            await nora.PictureAsync($"{what}-{name}");
        }
    }
}
