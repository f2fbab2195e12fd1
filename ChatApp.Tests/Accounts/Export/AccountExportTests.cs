using System.Net;
using System.Text.Json.Nodes;
using ChatApp.Api.Accounts.Export;
using ChatApp.Tests.Api;
using ChatApp.Tests.Audit;
using Npgsql;
using Xunit;

namespace ChatApp.Tests.Accounts.Export;

[Trait("Category", "Integration")]
public sealed class AccountExportTests(DataHost host) : IClassFixture<DataHost>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tables_WithSomethingOfPeople_AreExportedOrHaveAReason()
    {
        var tables = await host.Api.OfPeopleAsync();
        var exported = ExportSections.All.SelectMany(static section => section.Tables).ToList();

        Assert.Empty(exported.Intersect(NotExported.Tables.Keys, StringComparer.Ordinal));
        Assert.Equal(tables, exported.Concat(NotExported.Tables.Keys).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Export_OfAnAccount_HasAllOfItAndNothingElse()
    {
        using var other = await host.Api.SignUpAsync();
        await host.Api.SqlAsync($"INSERT INTO mails (id, kind, email) VALUES (gen_random_uuid(), 'test', '{other.Email}')");
        var account = await FilledAccount.MakeAsync(host.Api, host.Engine);
        using var user = account.User;

        using var response = await user.Client.GetAsync("/api/me/export", Cancelled);
        var text = await response.Content.ReadAsStringAsync(Cancelled);
        var export = JsonNode.Parse(text)!;

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition!.DispositionType);
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.True((bool)export["complete"]!);
        Assert.Equal(user.Email, (string)export["profile"]!["email"]!);
        Assert.Equal(1, (int)export["profile"]!["recoveryCodesLeft"]!);
        Assert.Equal([FilledAccount.Said, "Arr, what a name."], export["messages"]!.AsArray().Select(static m => (string)m!["text"]!));
        Assert.Equal(18, (int)export["turns"]![0]!["inputTokens"]! + (int)export["turns"]![0]!["outputTokens"]!);
        var file = export["documents"]!.AsArray().Single(d => (string)d!["name"]! == "file.txt")!;
        Assert.Equal(account.File, Convert.FromBase64String((string)file["content"]!));
        foreach (var section in ExportSections.All.Where(static s => s.Name is not ("profile" or "memoryCommands" or "forgottenMessages")))
        {
            Assert.True(export[section.Name]!.AsArray().Count > 0, section.Name);
        }

        // That it was made is known from the next one on: it shows the moment at which it began.
        Assert.Equal(["account.signed_up"], Actions(export));
        Assert.Contains("data.exported", Actions(await user.GetAsync("/api/me/export")));
        Assert.DoesNotContain(other.Email, text, StringComparison.Ordinal);
        Assert.DoesNotContain("sealed-secret", text, StringComparison.Ordinal);
        // Among the letters of a file in Base64 are all words, sooner or later.
        Assert.DoesNotContain("hash", text.Replace((string)file["content"]!, "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
    }

    private static IEnumerable<string> Actions(JsonNode export) => export["audit"]!.AsArray().Select(static e => (string)e!["action"]!);

    [Fact]
    public async Task Export_WhileAnotherIsWritten_IsAConflict()
    {
        using var user = await host.Api.SignUpAsync();
        var id = (Guid)(await user.GetAsync("/api/me"))["id"]!;
        await using var connection = new NpgsqlConnection(host.Api.Database);
        await connection.OpenAsync(Cancelled);
        await using var transaction = await connection.BeginTransactionAsync(Cancelled);
        await using var take = new NpgsqlCommand($"SELECT pg_advisory_xact_lock(hashtext('account_export'), hashtext('{id}'))", connection);
        await take.ExecuteNonQueryAsync(Cancelled);

        await user.SendAsync(HttpMethod.Get, "/api/me/export", null).StatusAsync(HttpStatusCode.Conflict);
        await transaction.RollbackAsync(Cancelled);
        await user.SendAsync(HttpMethod.Get, "/api/me/export", null).StatusAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Export_FailsInMidStream_DoesNotLookWhole()
    {
        using var user = await host.Api.SignUpAsync();
        var conversation = await user.StartConversationAsync();
        var id = (Guid)(await user.GetAsync("/api/me"))["id"]!;
        await host.Api.SqlAsync($"""
            INSERT INTO messages (id, conversation_id, depth, turn_id, role, text, status)
            SELECT gen_random_uuid(), '{conversation}', 0, gen_random_uuid(), 'user', repeat('x', 20000), 'complete' FROM generate_series(1, 100);
            INSERT INTO memory_scopes (user_id, character_id) VALUES ('{id}', '{ApiUser.Mira}');
            INSERT INTO memories (id, user_id, character_id, kind, speaker, text, said_at, importance, terms, version)
            VALUES (gen_random_uuid(), '{id}', '{ApiUser.Mira}', 'note', 'user', 'x', 'infinity', 0.5, '', 1);
            ALTER TABLE memories DROP CONSTRAINT memories_importance_check;
            UPDATE memories SET importance = 'NaN' WHERE user_id = '{id}'
            """);

        // A number that JSON has no word for.
        using var response = await user.Client.GetAsync("/api/me/export", HttpCompletionOption.ResponseHeadersRead, Cancelled);
        var broken = await Assert.ThrowsAnyAsync<Exception>(() => response.Content.ReadAsStringAsync(Cancelled));

        Assert.True(broken is HttpRequestException or IOException, broken.ToString());
        await host.Api.SqlAsync($"DELETE FROM memories WHERE user_id = '{id}'; ALTER TABLE memories ADD CONSTRAINT memories_importance_check CHECK (importance BETWEEN 0 AND 1)");
    }
}
