using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ChatApp.Tests.Api;
using ChatApp.Tests.Audit;
using Xunit;

namespace ChatApp.Tests.People;

[Trait("Category", "Integration")]
public sealed class PeopleTests(AuditHost host) : IClassFixture<AuditHost>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_ByQueryRoleAndBan_FindsWhomItIsAbout()
    {
        using var one = await host.Api.SignUpAsync();
        using var other = await host.Api.SignUpAsync();
        var id = await IdAsync(one);
        await BanAsync(host.Admin, id, "spam").StatusAsync(HttpStatusCode.NoContent);

        Assert.Equal([id], Ids(await ListAsync($"query={Uri.EscapeDataString(one.Email[..12].ToUpperInvariant())}")));
        Assert.Equal([id], Ids(await ListAsync($"query={id}")));
        Assert.Empty(await ListAsync("query=%25"));
        Assert.Contains(id, Ids(await ListAsync("banned=true")));
        Assert.DoesNotContain(id, Ids(await ListAsync("banned=false")));
        Assert.DoesNotContain(id, Ids(await ListAsync("role=admin")));
        var person = await host.Admin.GetAsync($"/api/admin/people/{id}");
        Assert.Equal("spam", (string)person["banned"]!["reason"]!);
        Assert.Null(person["banned"]!["until"]);
        Assert.NotNull((await host.Admin.GetAsync($"/api/admin/people/{await IdAsync(other)}"))["lastSeenAt"]);
    }

    [Fact]
    public async Task List_PageAfterPage_HasEverybodyOnce()
    {
        for (var i = 0; i < 3; i++)
        {
            (await host.Api.SignUpAsync()).Dispose();
        }

        var ids = new List<Guid>();
        string? cursor = null;
        do
        {
            var page = await host.Admin.GetAsync($"/api/admin/people?limit=2&cursor={cursor}");
            ids.AddRange(page["items"]!.AsArray().Select(static p => (Guid)p!["id"]!));
            cursor = (string?)page["nextCursor"];
        }
        while (cursor is not null);

        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Equal((long)ids.Count, await host.Api.SqlAsync("SELECT count(*) FROM users"));
    }

    [Fact]
    public async Task SetRole_OfSomebody_CountsAtOnceAndIsAudited()
    {
        using var user = await host.Api.SignUpAsync();
        var id = await IdAsync(user);

        await SetRoleAsync(host.Admin, id, "moderator").StatusAsync(HttpStatusCode.NoContent);

        // The token that says "user" no longer counts.
        using var refused = await user.Client.GetAsync("/api/me", Cancelled);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        var entry = (await AuditAsync($"action=role.changed&subject={id}"))[0];
        Assert.Equal("user", (string)entry["detail"]!["from"]!);
        Assert.Equal("moderator", (string)entry["detail"]!["to"]!);
        Assert.Equal("Ada", (string)entry["actor"]!["name"]!);
    }

    [Fact]
    public async Task SetRole_OfTheLastAdmin_IsAConflict()
    {
        var admin = await IdAsync(host.Admin);
        using var response = await SetRoleAsync(host.Admin, admin, "user");
        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);

        // One who is banned does not count as another.
        using var second = await host.Api.SignUpAsync();
        var id = await IdAsync(second);
        await SetRoleAsync(host.Admin, id, "admin").StatusAsync(HttpStatusCode.NoContent);
        await BanAsync(host.Admin, id, "gone wrong").StatusAsync(HttpStatusCode.NoContent);
        using var again = await SetRoleAsync(host.Admin, admin, "user");
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        await SetRoleAsync(host.Admin, id, "user").StatusAsync(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task SetRole_TwoAdminsOfEachOtherAtOnce_LeavesOne()
    {
        using var second = await host.Api.SignUpAsync();
        var (first, other) = (await IdAsync(host.Admin), await IdAsync(second));
        await SetRoleAsync(host.Admin, other, "admin").StatusAsync(HttpStatusCode.NoContent);

        var statuses = await Task.WhenAll(Enumerable.Range(0, 2).Select(async i =>
        {
            using var response = await SetRoleAsync(host.Admin, i == 0 ? first : other, "moderator");
            return response.StatusCode;
        }));

        Assert.Equal(1L, await host.Api.SqlAsync("SELECT count(*) FROM users WHERE role = 'admin'"));
        Assert.Contains(HttpStatusCode.NoContent, statuses);
        await host.Api.SqlAsync($"UPDATE users SET role = CASE id WHEN '{first}' THEN 'admin' ELSE 'user' END WHERE id IN ('{first}', '{other}')");
        await host.SignInAdminAsync();
    }

    [Fact]
    public async Task Ban_OfSomebody_EndsWhatTheyHaveAndRefusesTheRest()
    {
        using var user = await host.Api.SignUpAsync();
        var id = await IdAsync(user);

        await BanAsync(host.Admin, id, "spam", DateTimeOffset.UtcNow.AddDays(1)).StatusAsync(HttpStatusCode.NoContent);

        using (var refused = await user.Client.GetAsync("/api/me", Cancelled))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }

        Assert.Equal("spam", (string)Assert.Single(await AuditAsync($"action=account.banned&subject={id}"))["detail"]!["reason"]!);
        using var unban = await host.Admin.Client.DeleteAsync($"/api/admin/people/{id}/ban", Cancelled);
        Assert.Equal(HttpStatusCode.NoContent, unban.StatusCode);
        Assert.Single(await AuditAsync($"action=account.unbanned&subject={id}"));
        await ApiUser.SignInAsync(new HttpClient { BaseAddress = host.Api.Address }, user.Email);
    }

    [Theory]
    [InlineData("2020-01-01T00:00:00Z", "x", "until")]
    [InlineData("2999-01-01T00:00:00Z", "x", "until")]
    [InlineData(null, " ", "reason")]
    public async Task Ban_BadRequest_NamesTheField(string? until, string reason, string field)
    {
        using var user = await host.Api.SignUpAsync();
        using var response = await host.Admin.Client.PutAsJsonAsync($"/api/admin/people/{await IdAsync(user)}/ban", new { reason, until }, Cancelled);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.NotNull((await ApiUser.JsonAsync(response))["errors"]![field]);
    }

    [Theory]
    [InlineData("user", HttpStatusCode.NoContent)]
    [InlineData("creator", HttpStatusCode.NoContent)]
    [InlineData("moderator", HttpStatusCode.Forbidden)]
    [InlineData("admin", HttpStatusCode.Forbidden)]
    public async Task Ban_ByAModerator_OnlyOfThoseBelow(string role, HttpStatusCode expected)
    {
        using var moderator = await MadeAsync("moderator");
        using var target = await MadeAsync(role);

        await BanAsync(moderator, await IdAsync(target), "because").StatusAsync(expected);
        await host.Api.SqlAsync($"UPDATE users SET role = 'user' WHERE lower(email) = lower('{target.Email}')");
    }

    [Fact]
    public async Task Ban_OfOneself_IsAConflict() => await BanAsync(host.Admin, await IdAsync(host.Admin), "tired").StatusAsync(HttpStatusCode.Conflict);

    [Fact]
    public async Task SignOut_OfSomebody_EndsTheirTokens()
    {
        using var user = await host.Api.SignUpAsync();
        var id = await IdAsync(user);

        await host.Admin.SendAsync(HttpMethod.Post, $"/api/admin/people/{id}/sign-out", null).StatusAsync(HttpStatusCode.NoContent);

        using var refused = await user.Client.GetAsync("/api/me", Cancelled);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Single(await AuditAsync($"action=account.signed_out_everywhere&subject={id}"));
    }

    [Fact]
    public async Task RemoveSecondFactor_OfSomebodyWhoLostIt_TakesAllOfIt()
    {
        using var user = await host.Api.SignUpAsync();
        var id = await IdAsync(user);
        await host.Api.SqlAsync($"INSERT INTO second_factors (user_id, secret, confirmed_at) VALUES ('{id}', 'sealed', now()); INSERT INTO recovery_codes VALUES ('{id}', 'x')");
        Assert.True((bool)(await host.Admin.GetAsync($"/api/admin/people/{id}"))["secondFactor"]!);

        await host.Admin.SendAsync(HttpMethod.Delete, $"/api/admin/people/{id}/second-factor", null).StatusAsync(HttpStatusCode.NoContent);

        Assert.False((bool)(await host.Admin.GetAsync($"/api/admin/people/{id}"))["secondFactor"]!);
        Assert.Equal(0L, await host.Api.SqlAsync($"SELECT count(*) FROM recovery_codes WHERE user_id = '{id}'"));
        Assert.Single(await AuditAsync($"action=account.second_factor_removed&subject={id}"));
    }

    [Theory]
    [InlineData("GET", "people")]
    [InlineData("GET", "people/{id}")]
    [InlineData("PUT", "people/{id}/role")]
    [InlineData("PUT", "people/{id}/ban")]
    [InlineData("DELETE", "people/{id}/ban")]
    [InlineData("POST", "people/{id}/sign-out")]
    [InlineData("DELETE", "people/{id}/second-factor")]
    [InlineData("GET", "people/{id}/conversations?reason=just%20curious")]
    [InlineData("GET", "audit")]
    [InlineData("POST", "audit/verification")]
    public async Task Admin_ByWhoeverIsNone_IsForbidden(string method, string path)
    {
        using var user = await host.Api.SignUpAsync();
        var id = await IdAsync(host.Admin);

        using var response = await user.SendAsync(
            new HttpMethod(method), $"/api/admin/{path.Replace("{id}", $"{id}", StringComparison.Ordinal)}", method == "PUT" ? new { role = "admin", reason = "x" } : null);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    private static Task<HttpResponseMessage> BanAsync(ApiUser by, Guid id, string reason, DateTimeOffset? until = null) =>
        by.SendAsync(HttpMethod.Put, $"/api/admin/people/{id}/ban", new { reason, until });

    private static Task<HttpResponseMessage> SetRoleAsync(ApiUser by, Guid id, string role) =>
        by.SendAsync(HttpMethod.Put, $"/api/admin/people/{id}/role", new { role });

    private static async Task<Guid> IdAsync(ApiUser user) => (Guid)(await user.GetAsync("/api/me"))["id"]!;

    private static IEnumerable<Guid> Ids(IEnumerable<JsonNode> items) => items.Select(static item => (Guid)item["id"]!);

    private async Task<ApiUser> MadeAsync(string role)
    {
        using var user = await host.Api.SignUpAsync();
        await host.Api.SqlAsync($"UPDATE users SET role = '{role}' WHERE lower(email) = lower('{user.Email}')");
        return await ApiUser.SignInAsync(new HttpClient { BaseAddress = host.Api.Address }, user.Email);
    }

    private async Task<List<JsonNode>> ListAsync(string query) =>
        [.. (await host.Admin.GetAsync($"/api/admin/people?{query}"))["items"]!.AsArray().Select(static item => item!)];

    private async Task<List<JsonNode>> AuditAsync(string query) =>
        [.. (await host.Admin.GetAsync($"/api/admin/audit?{query}"))["items"]!.AsArray().Select(static item => item!)];
}
