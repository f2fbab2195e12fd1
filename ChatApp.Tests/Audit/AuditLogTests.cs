using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ChatApp.Api.Audit;
using ChatApp.Api.Audit.Retention;
using ChatApp.Tests.Api;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace ChatApp.Tests.Audit;

[Trait("Category", "Integration")]
public sealed class AuditLogTests(AuditHost host) : IClassFixture<AuditHost>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Append_ManyAtOnce_AreChainedWithoutAGap()
    {
        var before = await host.AppendAsync(1);
        var watch = Stopwatch.StartNew();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => host.Log.AppendAsync(AuditHost.Entry($"at once {i}"), Cancelled)));

        TestContext.Current.SendDiagnosticMessage($"50 appends at once: {watch.ElapsedMilliseconds} ms");
        Assert.Equal(before + 50, Convert.ToInt64(await host.Api.SqlAsync("SELECT max(id) FROM audit_log"), CultureInfo.InvariantCulture));
        Assert.True((await host.CheckAsync()).Ok);
    }

    [Fact]
    public async Task Append_InTransactionsThatEndEitherWay_KeepsOnlyWhatWasCommitted()
    {
        var database = host.Api.Services.GetRequiredService<NpgsqlDataSource>();
        var name = Guid.NewGuid().ToString();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            await using var connection = await database.OpenConnectionAsync(Cancelled);
            await using var transaction = await connection.BeginTransactionAsync(Cancelled);
            await host.Log.AppendAsync(connection, AuditHost.Entry(name), Cancelled);
            await host.Log.AppendAsync(connection, AuditHost.Entry(name), Cancelled);
            if (i % 2 == 0)
            {
                await transaction.CommitAsync(Cancelled);
            }
        }));

        Assert.Equal(20L, await host.Api.SqlAsync($"SELECT count(*) FROM audit_log WHERE detail LIKE '%{name}%'"));
        await host.AppendAsync(1);
        Assert.True((await host.CheckAsync()).Ok);
    }

    [Fact]
    public async Task Append_TextThatPostgresCannotHold_IsWrittenAndVerifies()
    {
        var entry = new AuditEntry(AuditActions.RoleChanged, new AuditActor(AuditActorKind.Anonymous, null, new string('9', 100)))
        {
            SubjectKind = "a\0b\ud800",
            SubjectId = string.Concat(Enumerable.Repeat("\ud83d\ude00", 200)),
            Detail = Enumerable.Range(0, 50).ToDictionary(static i => $"part {i}", static i => "\0\ud800\"\n" + new string('é', 400)),
        };

        await host.Log.AppendAsync(entry, Cancelled);

        Assert.True((await host.CheckAsync()).Ok);
        var item = (await host.Admin.GetAsync("/api/admin/audit?limit=1"))["items"]![0]!;
        Assert.Equal("true", (string)item["detail"]!["truncated"]!);
        Assert.Contains("ééé", (string)item["detail"]!["part 0"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Append_FailedSignInsFromOneAddress_AreTwoEntriesAndACount()
    {
        using var client = new HttpClient { BaseAddress = host.Api.Address };
        ApiUser.FromElsewhere(client);
        for (var i = 0; i < 7; i++)
        {
            using var response = await client.PostAsJsonAsync("/api/auth/sign-in", new { email = host.Admin.Email, password = "not the password" }, Cancelled);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }

        Assert.Single(await FailedAsync());
        var gathered = host.Api.Services.GetRequiredService<AuditGathering>().Take(all: true);
        Assert.Equal("6", Assert.Single(gathered).Detail["more"]);
    }

    [Fact]
    public async Task List_ByWhatIsKnown_FindsIt()
    {
        var last = await host.AppendAsync(3, $"Çelik 100%_\\ {Guid.NewGuid():N}");
        var note = (string)(await ItemsAsync("limit=1"))[0]["detail"]!["note"]!;
        var subject = (string)(await ItemsAsync("limit=1"))[0]["subjectId"]!;

        Assert.Equal([last], Ids(await ItemsAsync($"text={Uri.EscapeDataString(note)}")));
        Assert.Equal([last], Ids(await ItemsAsync($"text={Uri.EscapeDataString(note.ToUpperInvariant())}&action=role.changed")));
        Assert.Equal([last], Ids(await ItemsAsync($"subject={subject}")));
        Assert.Empty(await ItemsAsync($"subject={subject}&to=2020-01-01T00:00:00Z"));
        Assert.Single(await ItemsAsync($"subject={subject}&from=2020-01-01T00:00:00Z&action=role."));
        Assert.Empty(await ItemsAsync($"text={Uri.EscapeDataString("%100__")}"));
        using var again = await ApiUser.SignInAsync(new HttpClient { BaseAddress = host.Api.Address }, host.Admin.Email);
        Assert.All(await ItemsAsync($"actor={Uri.EscapeDataString(host.Admin.Email)}&action=account.signed_in"), static item => Assert.Equal("account.signed_in", (string)item["action"]!));
        Assert.NotEmpty(await ItemsAsync($"actor={Uri.EscapeDataString(host.Admin.Email)}&action=account.signed_in"));
        Assert.Equal("Ada", (string)(await ItemsAsync("actor=ad"))[0]["actor"]!["name"]!);
    }

    [Fact]
    public async Task List_PageAfterPage_HasEveryEntryOnce()
    {
        await host.AppendAsync(7);
        var ids = new List<long>();
        string? cursor = null;
        do
        {
            var page = await host.Admin.GetAsync($"/api/admin/audit?limit=3&cursor={cursor}");
            ids.AddRange(page["items"]!.AsArray().Select(static item => (long)item!["id"]!));
            cursor = (string?)page["nextCursor"];
        }
        while (cursor is not null);

        // What came first may have been pruned.
        Assert.Equal(Enumerable.Range(0, ids.Count).Select(i => ids[0] - i), ids);
        Assert.True(ids.Count >= 7);
    }

    [Fact]
    public async Task Verify_AsAdministrator_TellsAndIsTold()
    {
        await host.AppendAsync(2);

        var verified = await host.Admin.SendAsync(HttpMethod.Post, "/api/admin/audit/verification", null).JsonAsync(HttpStatusCode.OK);
        var last = await host.Admin.GetAsync("/api/admin/audit/verification");

        Assert.True((bool)verified["ok"]!);
        Assert.Equal((long)verified["checked"]!, (long)last["checked"]!);
        Assert.Equal((DateTimeOffset)verified["to"]!, (DateTimeOffset)last["to"]!);
        Assert.Null(last["brokenAt"]);
    }

    [Fact]
    public async Task Prune_OldEntries_GoFromTheBeginningAndTheRestVerifies()
    {
        var last = await host.AppendAsync(5);
        var pruning = host.Api.Services.GetRequiredService<AuditPruning>();
        Assert.Equal(0, await pruning.PruneAsync(DateTimeOffset.UtcNow.AddDays(-1), Cancelled));

        var removed = await pruning.PruneAsync(DateTimeOffset.UtcNow.AddDays(1), Cancelled);

        Assert.InRange(removed, 4, last - 1);
        Assert.Equal(last, await host.Api.SqlAsync("SELECT min(id) FROM audit_log"));
        var entry = (await ItemsAsync("action=audit.pruned"))[0];
        Assert.Equal($"{last - 1}", (string)entry["detail"]!["through"]!);
        Assert.Null(entry["detail"]!["brokenAt"]);
        Assert.Equal("system", (string)entry["actor"]!["kind"]!);
        await host.AppendAsync(2);
        Assert.True((await host.CheckAsync()).Ok);
    }

    private async Task<List<JsonNode>> FailedAsync() => await ItemsAsync("action=account.sign_in_failed");

    private async Task<List<JsonNode>> ItemsAsync(string query) =>
        [.. (await host.Admin.GetAsync($"/api/admin/audit?{query}"))["items"]!.AsArray().Select(static item => item!)];

    private static IEnumerable<long> Ids(IEnumerable<JsonNode> items) => items.Select(static item => (long)item["id"]!);
}
