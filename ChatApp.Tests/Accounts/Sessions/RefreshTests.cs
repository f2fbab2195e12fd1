using System.Net;
using System.Text.Json.Nodes;
using ChatApp.Tests.Api;
using Xunit;

namespace ChatApp.Tests.Accounts.Sessions;

/// <summary>Going on with a session.</summary>
[Collection(OneService.Name)]
public sealed class RefreshTests(TwoNodes nodes)
{
    [Fact]
    public async Task Refresh_InOrder_GivesTheNextTokens()
    {
        using var user = await nodes.One.SignUpAsync();

        var next = await RefreshedAsync(user.RefreshToken);
        var third = await RefreshedAsync((string)next["refreshToken"]!);

        Assert.Equal(3, new[] { user.RefreshToken, (string)next["refreshToken"]!, (string)third["refreshToken"]! }.Distinct().Count());
        Assert.Equal(user.Email, (string)third["user"]!["email"]!);
        Assert.Equal(HttpStatusCode.OK, await TwoNodes.MeAsync(nodes.One, (string)third["accessToken"]!));
        Assert.InRange((DateTimeOffset)third["expiresAt"]! - nodes.Time.GetUtcNow(), TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(10));
    }

    [Fact]
    public async Task Refresh_AnswerWasLost_GivesTheSameTokenAgain()
    {
        using var user = await nodes.One.SignUpAsync();
        var lost = await RefreshedAsync(user.RefreshToken);
        nodes.Time.Advance(TimeSpan.FromSeconds(50));

        var again = await RefreshedAsync(user.RefreshToken);

        Assert.Equal((string)lost["refreshToken"]!, (string)again["refreshToken"]!);
        Assert.Equal(HttpStatusCode.OK, await TwoNodes.MeAsync(nodes.One, (string)again["accessToken"]!));
        await RefreshedAsync((string)again["refreshToken"]!);
    }

    [Fact]
    public async Task Refresh_SameTokenAfterAMinute_EndsTheSession()
    {
        using var user = await nodes.One.SignUpAsync();
        var next = await RefreshedAsync(user.RefreshToken);
        nodes.Time.Advance(TimeSpan.FromSeconds(61));

        await RefusedAsync(user.RefreshToken);

        await RefusedAsync((string)next["refreshToken"]!);
    }

    [Fact]
    public async Task Refresh_TokenWasStolen_EndsTheSessionForBothAndSaysSo()
    {
        using var user = await nodes.One.SignUpAsync();
        var thief = await RefreshedAsync(user.RefreshToken);
        var thiefsNext = await RefreshedAsync((string)thief["refreshToken"]!);

        await RefusedAsync(user.RefreshToken);

        await RefusedAsync((string)thiefsNext["refreshToken"]!);
        Assert.Equal(HttpStatusCode.Unauthorized, await TwoNodes.MeAsync(nodes.One, (string)thiefsNext["accessToken"]!));
        Assert.Equal(HttpStatusCode.Unauthorized, await TwoNodes.MeAsync(nodes.One, user.Token));
        Assert.Equal(1L, await nodes.One.SqlAsync(
            $"SELECT count(*) FROM audit_log a JOIN sessions s ON s.id::text = a.subject_id WHERE a.action = 'session.refresh_reused' AND s.user_id = '{user.Id}'"));
    }

    [Fact]
    public async Task Refresh_ManyAtOnceOnTwoNodes_AllGetTheSameNextToken()
    {
        using var user = await nodes.One.SignUpAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => TwoNodes.RefreshAsync(i % 2 == 0 ? nodes.One : nodes.Other, user.RefreshToken)));

        Assert.All(answers, static a => Assert.Equal(HttpStatusCode.OK, a.StatusCode));
        var tokens = await Task.WhenAll(answers.Select(static async a => (string)(await ApiUser.JsonAsync(a))["refreshToken"]!));
        await RefreshedAsync(Assert.Single(tokens.Distinct()));
    }

    [Fact]
    public async Task Refresh_NoTokenOfOurs_IsRefused()
    {
        using var user = await nodes.One.SignUpAsync();
        var changed = user.RefreshToken[..^5] + (user.RefreshToken[^5] == 'A' ? 'B' : 'A') + user.RefreshToken[^4..];

        await RefusedAsync(changed);
        await RefusedAsync("AAAA");
        await RefusedAsync("not base64!");

        await RefreshedAsync(user.RefreshToken);
    }

    [Fact]
    public async Task Refresh_SessionNotUsedFor30Days_IsRefused()
    {
        using var user = await nodes.One.SignUpAsync();
        nodes.Time.Advance(TimeSpan.FromDays(29));
        var next = await RefreshedAsync(user.RefreshToken);
        Assert.InRange((DateTimeOffset)next["sessionExpiresAt"]! - nodes.Time.GetUtcNow(), TimeSpan.FromDays(29.9), TimeSpan.FromDays(30));

        nodes.Time.Advance(TimeSpan.FromDays(30.1));

        await RefusedAsync((string)next["refreshToken"]!);
    }

    [Fact]
    public async Task Refresh_SessionOf90Days_EndsHoweverMuchItIsUsed()
    {
        using var user = await nodes.One.SignUpAsync();
        var token = user.RefreshToken;
        for (var i = 0; i < 4; i++)
        {
            nodes.Time.Advance(TimeSpan.FromDays(22));
            token = (string)(await RefreshedAsync(token))["refreshToken"]!;
        }

        nodes.Time.Advance(TimeSpan.FromDays(2.1));

        await RefusedAsync(token);
    }

    [Theory]
    [InlineData("banned_until = 'infinity', ban_reason = 'spam'")]
    [InlineData("deletion_requested_at = now()")]
    public async Task Refresh_AccountIsClosed_IsRefused(string closed)
    {
        using var user = await nodes.One.SignUpAsync();
        await nodes.One.SqlAsync($"UPDATE users SET {closed} WHERE id = '{user.Id}'");

        await RefusedAsync(user.RefreshToken);

        Assert.Equal(HttpStatusCode.Unauthorized, await TwoNodes.MeAsync(nodes.One, user.Token));
    }

    [Fact]
    public async Task Refresh_Table_HoldsNoToken()
    {
        using var user = await nodes.One.SignUpAsync();
        var rows = (string)(await nodes.One.SqlAsync($"SELECT string_agg(s::text, '|') FROM sessions s WHERE user_id = '{user.Id}'"))!;

        var bytes = System.Buffers.Text.Base64Url.DecodeFromChars(user.RefreshToken);

        Assert.DoesNotContain(user.RefreshToken, rows, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToHexString(bytes[20..]), rows, StringComparison.OrdinalIgnoreCase);
    }

    private async Task<JsonNode> RefreshedAsync(string token)
    {
        using var response = await TwoNodes.RefreshAsync(nodes.One, token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(response.Headers.CacheControl!.NoStore);
        return await ApiUser.JsonAsync(response);
    }

    private async Task RefusedAsync(string token)
    {
        using var response = await TwoNodes.RefreshAsync(nodes.One, token);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("session_ended", (string)(await ApiUser.JsonAsync(response))["code"]!);
    }
}
