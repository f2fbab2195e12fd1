using System.Net;
using System.Net.Http.Json;
using ChatApp.Api.Accounts.Deletion;
using ChatApp.Api.Accounts.Export;
using ChatApp.Tests.Api;
using ChatApp.Tests.Audit;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;
using Xunit;

namespace ChatApp.Tests.Accounts.Deletion;

[Trait("Category", "Integration")]
public sealed class AccountDeletionTests(DataHost host) : IClassFixture<DataHost>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Delete_AccountThatLeftMuch_LeavesNothingButWhatIsListed()
    {
        var account = await FilledAccount.MakeAsync(host.Api, host.Engine);
        using var user = account.User;
        string[] words = [$"{account.Id}", $"{account.Conversation}", $"{account.Turn}", user.Email, FilledAccount.Said];
        var before = await host.Api.WithAsync(words);
        Assert.Superset(
            new HashSet<string> { "users", "messages", "turns", "memories", "documents", "document_chunks", "prompt_texts", "mails", "api_keys", "sessions", "turn_prompts", "external_logins", "memory_claims" },
            before.ToHashSet());
        Assert.True(await HasLogAsync(account.Turn));

        await DeleteAsync(user).StatusAsync(HttpStatusCode.Accepted);
        await EndedAsync(host.Api, account.Id);

        Assert.Empty((await host.Api.WithAsync(words)).Except(KeptAfterDeletion.Tables.Keys));
        Assert.False(await HasLogAsync(account.Turn));
        Assert.Contains($"{account.Id}", host.Engine.Forgotten);
        Assert.Equal(1L, await host.Api.SqlAsync("SELECT count(*) FROM documents WHERE name = 'knowledge.txt' AND user_id IS NULL"));
        await host.Api.SqlAsync("DELETE FROM documents WHERE name = 'knowledge.txt'");
        Assert.Equal(
            "account.deletion_requested account.deleted",
            await host.Api.SqlAsync($"SELECT string_agg(action, ' ' ORDER BY id) FROM audit_log WHERE subject_id = '{account.Id}' AND action LIKE 'account.del%'"));
        Assert.Empty(await host.Api.SqlAsync($"SELECT coalesce(string_agg(detail, ' '), '') FROM audit_log WHERE actor_id = '{account.Id}' AND (detail ILIKE '%{user.Email}%' OR detail LIKE '%Ada%')") as string ?? "");
    }

    [Fact]
    public async Task Delete_AtOnce_SignsOutAndFreesTheAddress()
    {
        using var user = await host.Api.SignUpAsync();
        var id = (Guid)(await user.GetAsync("/api/me"))["id"]!;

        await DeleteAsync(user).StatusAsync(HttpStatusCode.Accepted);

        await user.SendAsync(HttpMethod.Get, "/api/me", null).StatusAsync(HttpStatusCode.Unauthorized);
        using var client = new HttpClient { BaseAddress = host.Api.Address };
        ApiUser.FromElsewhere(client);
        await client.PostAsJsonAsync("/api/auth/sign-in", new { email = user.Email, password = ApiUser.Password }, Cancelled).StatusAsync(HttpStatusCode.Unauthorized);
        await client.PostAsJsonAsync("/api/auth/sign-up", new { name = "Ada", email = user.Email, password = ApiUser.Password }, Cancelled).StatusAsync(HttpStatusCode.Created);
        await host.Admin.SendAsync(HttpMethod.Get, $"/api/admin/people/{id}", null).StatusAsync(HttpStatusCode.NotFound);
        await EndedAsync(host.Api, id);
    }

    [Fact]
    public async Task Delete_WithAnotherPassword_IsRefusedAndNothingHappens()
    {
        using var user = await host.Api.SignUpAsync();

        await user.SendAsync(HttpMethod.Post, "/api/me/deletion", new { password = "not the password" }).StatusAsync(HttpStatusCode.BadRequest);

        await user.GetAsync("/api/me");
    }

    [Fact]
    public async Task Delete_TheLastAdmin_IsAConflict()
    {
        await DeleteAsync(host.Admin).StatusAsync(HttpStatusCode.Conflict);

        await host.Admin.GetAsync("/api/me");
    }

    [Fact]
    public async Task Delete_WhileAnAnswerIsWritten_StopsIt()
    {
        using var user = await host.Api.SignUpAsync();
        var id = (Guid)(await user.GetAsync("/api/me"))["id"]!;
        await user.SayAsync(await user.StartConversationAsync(), "a long story, please");
        var call = await host.Engine.NextCallAsync();
        call.Say("Once");

        await DeleteAsync(user).StatusAsync(HttpStatusCode.Accepted);

        await call.Closed.WaitAsync(TimeSpan.FromSeconds(20), Cancelled);
        await EndedAsync(host.Api, id);
    }

    [Theory]
    [InlineData("conversations")]
    [InlineData("memories")]
    [InlineData("users")]
    [InlineData(null)]
    public async Task Delete_ProcessEndsInBetween_IsEndedByAnother(string? stuckAt)
    {
        await using var engine = await ScriptedEngine.StartAsync();
        var first = await ApiHost.StartAsync(host.Stack, engine, DataHost.Settings);
        (await first.SignUpAsync()).Dispose();
        var account = await FilledAccount.MakeAsync(first, engine);
        using var user = account.User;
        engine.Forgets = stuckAt is not null;
        if (stuckAt is not null)
        {
            await first.SqlAsync($"""
                CREATE FUNCTION stuck() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'stuck'; END $$;
                CREATE TRIGGER stuck BEFORE DELETE ON {stuckAt} FOR EACH ROW EXECUTE FUNCTION stuck()
                """);
        }

        await DeleteAsync(user).StatusAsync(HttpStatusCode.Accepted);
        await UntilAsync(first, "SELECT EXISTS (SELECT FROM account_deletions WHERE failures > 0 AND run_after < now() + interval '1 minute')");
        await first.DisposeAsync();
        engine.Forgets = true;
        await using var second = await ApiHost.StartAsync(host.Stack, engine, first.Database, DataHost.Settings);
        if (stuckAt is not null)
        {
            await second.SqlAsync($"DROP TRIGGER stuck ON {stuckAt}");
        }

        await second.SqlAsync("UPDATE account_deletions SET run_after = now()");
        await EndedAsync(second, account.Id);
        Assert.Empty((await second.WithAsync($"{account.Id}", $"{account.Conversation}", FilledAccount.Said)).Except(KeptAfterDeletion.Tables.Keys));
    }

    [Fact]
    public void Tables_ThatAreKept_AreKnownToTheExport() => Assert.All(
        KeptAfterDeletion.Tables.Keys,
        static table => Assert.True(NotExported.Tables.ContainsKey(table) || ExportSections.All.Any(section => section.Tables.Contains(table)), table));

    private static Task<HttpResponseMessage> DeleteAsync(ApiUser user) => user.SendAsync(HttpMethod.Post, "/api/me/deletion", new { password = ApiUser.Password });

    private static Task EndedAsync(ApiHost api, Guid id) =>
        UntilAsync(api, $"SELECT NOT EXISTS (SELECT FROM account_deletions WHERE user_id = '{id}') AND NOT EXISTS (SELECT FROM users WHERE id = '{id}')");

    private static async Task UntilAsync(ApiHost api, string condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        while (await api.SqlAsync(condition) is not true)
        {
            await Task.Delay(50, patience.Token);
        }
    }

    private async Task<bool> HasLogAsync(Guid turn) =>
        await host.Api.Services.GetRequiredService<IConnectionMultiplexer>().GetDatabase().KeyExistsAsync($"chatapp:turn:{{{turn:N}}}:events");
}
