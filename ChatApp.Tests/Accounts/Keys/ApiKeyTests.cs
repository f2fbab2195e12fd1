using System.Net;
using System.Net.WebSockets;
using ChatApp.Api.Accounts.Access;
using ChatApp.Api.Accounts.Keys;
using ChatApp.Tests.Api;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatApp.Tests.Accounts.Keys;

/// <summary>Keys for programs, from their making to their end.</summary>
[Collection(OneService.Name)]
public sealed class ApiKeyTests(TwoNodes nodes)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Create_Key_IsShownOnceAndStoredAsAHash()
    {
        using var user = await nodes.One.SignUpAsync();

        var key = await user.CreateKeyAsync("read", "chat");
        var list = (await user.GetAsync("/api/me/api-keys"))["items"]!.AsArray();
        var row = (string)(await nodes.One.SqlAsync($"SELECT k::text FROM api_keys k WHERE user_id = '{user.Id}'"))!;
        var audit = (string)(await nodes.One.SqlAsync("SELECT string_agg(a::text, '|') FROM audit_log a WHERE action LIKE 'key.%'"))!;

        Assert.Matches("^cak_[a-z0-9]{10}_[A-Za-z0-9_-]{43}$", key.Text());
        var secret = key.Text()[15..];
        Assert.DoesNotContain(secret, list.ToJsonString() + row + audit, StringComparison.Ordinal);
        Assert.Contains(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(secret))), row, StringComparison.Ordinal);
        Assert.Equal(key.Text()[..14], (string)Assert.Single(list)!["prefix"]!);
        Assert.Equal("""["read","chat"]""", list[0]!["scopes"]!.ToJsonString());
        Assert.Equal(HttpStatusCode.OK, await TwoNodes.MeAsync(nodes.Other, key.Text()));
    }

    [Theory]
    [InlineData("""{"name":" ","scopes":["read"]}""", "name")]
    [InlineData("""{"name":"x","scopes":[]}""", "scopes")]
    [InlineData("""{"name":"x","scopes":["admin"]}""", "scopes")]
    [InlineData("""{"name":"x","scopes":["read"],"expiresAt":"2020-01-01T00:00:00Z"}""", "expiresAt")]
    [InlineData("""{"name":"x","scopes":["read"],"requestsPerMinute":0}""", "requestsPerMinute")]
    [InlineData("""{"name":"x","scopes":["read"],"tokensPerDay":-1}""", "tokensPerDay")]
    [InlineData("""{"name":"x","scopes":["everything"]}""", null)]
    public async Task Create_BadField_NamesIt(string body, string? field)
    {
        using var admin = await nodes.One.SignUpAsync();
        using var user = await nodes.One.SignUpAsync();

        using var response = await user.Client.PostAsync("/api/me/api-keys", new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")), Cancelled);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var errors = (await ApiUser.JsonAsync(response))["errors"]?.AsObject();
        Assert.Equal(field, errors?.Select(static e => e.Key).Single());
    }

    [Fact]
    public async Task Create_ManyAtOnce_StopsAtTwenty()
    {
        using var user = await nodes.One.SignUpAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 25).Select(i => user.PostKeyAsync(new { name = $"key {i}", scopes = (string[])["read"] })));

        Assert.Equal((20, 5), (answers.Count(static a => a.StatusCode == HttpStatusCode.Created), answers.Count(static a => a.StatusCode == HttpStatusCode.Conflict)));
    }

    [Fact]
    public async Task Use_WrongSecretOrShape_IsRefused()
    {
        using var user = await nodes.One.SignUpAsync();
        var key = (await user.CreateKeyAsync("read")).Text();
        var other = (await user.CreateKeyAsync("read")).Text();
        string[] wrong = [key[..15] + other[15..], key[..^1], key + "A", key.ToUpperInvariant(), "cak_", "cak_abcdefghij_", key[..4] + "0000000000" + key[14..]];

        Assert.Equal(HttpStatusCode.OK, await TwoNodes.MeAsync(nodes.One, key));
        foreach (var text in wrong)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await TwoNodes.MeAsync(nodes.One, text));
        }
    }

    [Fact]
    public async Task Use_AfterItsEnd_IsRefused()
    {
        using var user = await nodes.One.SignUpAsync();
        using var response = await user.PostKeyAsync(new { name = "short", scopes = (string[])["read"], expiresAt = nodes.Time.GetUtcNow().AddMinutes(5) });
        var key = (await ApiUser.JsonAsync(response)).Text();
        var before = await TwoNodes.MeAsync(nodes.One, key);

        nodes.Time.Advance(TimeSpan.FromMinutes(5.1));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (before, await TwoNodes.MeAsync(nodes.One, key)));
    }

    [Fact]
    public async Task Rotate_WithOverlap_BothAreGoodUntilItsEnd()
    {
        using var user = await nodes.One.SignUpAsync();
        var old = await user.CreateKeyAsync("read", "memory");
        using var socket = await SocketClient.OpenAsync(nodes.One.Address, old.Text());

        using var response = await user.RotateKeyAsync(old, 5);
        using var again = await user.RotateKeyAsync(old, 5);
        var key = await ApiUser.JsonAsync(response);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Conflict), (response.StatusCode, again.StatusCode));
        Assert.Equal("""["read","memory"]""", key["apiKey"]!["scopes"]!.ToJsonString());
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (await TwoNodes.MeAsync(nodes.One, old.Text()), await TwoNodes.MeAsync(nodes.One, key.Text())));
        // What is open would not know of its new end: it comes again.
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, await socket.ClosedAsync());

        nodes.Time.Advance(TimeSpan.FromMinutes(5.1));
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (await TwoNodes.MeAsync(nodes.One, old.Text()), await TwoNodes.MeAsync(nodes.One, key.Text())));
    }

    [Fact]
    public async Task Rotate_WithoutOverlap_EndsTheOldOneAtOnce()
    {
        using var user = await nodes.One.SignUpAsync();
        var old = await user.CreateKeyAsync("read");
        Assert.Equal(HttpStatusCode.OK, await TwoNodes.MeAsync(nodes.Other, old.Text()));

        using var response = await user.RotateKeyAsync(old, 0);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await TwoNodes.MeAsync(nodes.One, old.Text()));
        Assert.InRange(await TwoNodes.UntilRefusedAsync(nodes.Other, old.Text()), TimeSpan.Zero, TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task Delete_KeyInUse_IsRefusedEverywhereAndItsSocketCloses()
    {
        using var user = await nodes.One.SignUpAsync();
        using var stranger = await nodes.One.SignUpAsync();
        var key = await user.CreateKeyAsync("read");
        using var socket = await SocketClient.OpenAsync(nodes.Other.Address, key.Text());
        Assert.Equal(HttpStatusCode.OK, await TwoNodes.MeAsync(nodes.Other, key.Text()));

        using var notTheirs = await stranger.DeleteKeyAsync(key);
        using var response = await user.DeleteKeyAsync(key);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NoContent), (notTheirs.StatusCode, response.StatusCode));
        Assert.Equal(HttpStatusCode.Unauthorized, await TwoNodes.MeAsync(nodes.One, key.Text()));
        Assert.InRange(await TwoNodes.UntilRefusedAsync(nodes.Other, key.Text()), TimeSpan.Zero, TimeSpan.FromSeconds(4));
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, await socket.ClosedAsync());
        Assert.Equal("key.created key.deleted", await nodes.One.SqlAsync(
            $"SELECT string_agg(action, ' ' ORDER BY id) FROM audit_log WHERE subject_id = '{key["apiKey"]!["id"]}' AND action <> 'key.used'"));
    }

    [Fact]
    public async Task Use_OwnersRoleAndAccount_AreThoseOfNow()
    {
        using var first = await nodes.One.SignUpAsync();
        using var user = await nodes.One.SignUpAsync();
        await nodes.One.SqlAsync($"UPDATE users SET role = 'admin' WHERE id = '{user.Id}'");
        using var response = await TwoNodes.RefreshAsync(nodes.One, user.RefreshToken);
        user.Client.DefaultRequestHeaders.Authorization = new("Bearer", (string)(await ApiUser.JsonAsync(response))["accessToken"]!);
        var key = await user.CreateKeyAsync("admin");
        using var client = nodes.One.Client(key.Text());
        var asAdmin = await StatusAsync(client);

        await ChangeAsync("role = 'user'");
        var asUser = await StatusAsync(client);
        await ChangeAsync("banned_until = 'infinity', ban_reason = 'spam'");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (asAdmin, asUser));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(client));

        async Task<HttpStatusCode> StatusAsync(HttpClient caller)
        {
            using var answer = await caller.GetAsync("/api/admin/memory-index", Cancelled);
            return answer.StatusCode;
        }

        async Task ChangeAsync(string change)
        {
            await nodes.One.SqlAsync($"UPDATE users SET {change} WHERE id = '{user.Id}'");
            (await nodes.InTransactionAsync(c => nodes.One.Services.GetRequiredService<AccessCutoffs>().CutAsync(c, user.Id, Cancelled))).TakeEffect();
        }
    }

    [Fact]
    public async Task Use_OfAKey_IsWrittenOnceAMinuteAndAuditedOnceADay()
    {
        using var user = await nodes.One.SignUpAsync();
        var key = await user.CreateKeyAsync("read");
        var id = (Guid)key["apiKey"]!["id"]!;
        var (uses, writing) = (nodes.One.Services.GetRequiredService<LastUses>(), nodes.One.Services.GetRequiredService<ApiKeyUses>());

        foreach (var pause in (TimeSpan[])[TimeSpan.Zero, TimeSpan.FromMinutes(2), TimeSpan.FromDays(1)])
        {
            nodes.Time.Advance(pause);
            Assert.Equal(HttpStatusCode.OK, await TwoNodes.MeAsync(nodes.One, key.Text()));
            // Whichever is first: this, or the process by itself.
            await writing.WriteAsync(uses.TakeKeys(), Cancelled);
            await writing.WriteAsync([new LastUse(id, nodes.Time.GetUtcNow(), "192.0.2.1")], Cancelled);
        }

        Assert.Equal(2L, await nodes.One.SqlAsync($"SELECT count(*) FROM audit_log WHERE action = 'key.used' AND key_id = '{id}'"));
        Assert.NotNull(await nodes.One.SqlAsync($"SELECT last_used_at FROM api_keys WHERE id = '{id}'"));
    }
}
