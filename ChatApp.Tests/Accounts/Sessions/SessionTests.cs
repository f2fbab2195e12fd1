using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using ChatApp.Api.Accounts.Access;
using ChatApp.Api.Accounts.Sessions;
using ChatApp.Tests.Api;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatApp.Tests.Accounts.Sessions;

/// <summary>The list of sessions, and how they end.</summary>
[Collection(OneService.Name)]
public sealed class SessionTests(TwoNodes nodes)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_TwoPlaces_ShowsBothAndWhichIsThisOne()
    {
        using var user = await nodes.One.SignUpAsync();
        await SignInAsync(user, "Firefox on a boat");
        using var stranger = await nodes.One.SignUpAsync();

        var sessions = (await user.GetAsync("/api/me/sessions"))["items"]!.AsArray();

        Assert.Equal(2, sessions.Count);
        Assert.Equal("Firefox on a boat", (string)sessions[0]!["userAgent"]!);
        Assert.Equal([false, true], sessions.Select(static s => (bool)s!["isCurrent"]!));
        Assert.NotNull((string?)sessions[1]!["address"]);
        Assert.All(sessions, s => Assert.True((DateTimeOffset)s!["expiresAt"]! > nodes.Time.GetUtcNow().AddDays(29)));
        Assert.DoesNotContain("efresh", sessions.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignOut_HereAndElsewhere_TokensAreRefused()
    {
        using var user = await nodes.One.SignUpAsync();
        Assert.Equal(HttpStatusCode.OK, await TwoNodes.MeAsync(nodes.Other, user.Token));

        using var response = await user.Client.PostAsync("/api/auth/sign-out", null, Cancelled);
        var here = await TwoNodes.MeAsync(nodes.One, user.Token);
        var delay = await TwoNodes.UntilRefusedAsync(nodes.Other, user.Token);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, here);
        // Two seconds, and some for a machine that is busy.
        Assert.InRange(delay, TimeSpan.Zero, TimeSpan.FromSeconds(4));
        using var refresh = await TwoNodes.RefreshAsync(nodes.Other, user.RefreshToken);
        Assert.Equal(HttpStatusCode.Unauthorized, refresh.StatusCode);
    }

    [Fact]
    public async Task End_AnotherSession_ClosesItsStreamAndSocketAndNothingElse()
    {
        using var user = await nodes.One.SignUpAsync();
        var lost = await SignInAsync(user, "a lost phone");
        using var phone = Client(lost);
        var turn = await user.SayAsync(await user.StartConversationAsync(), "hello");
        using var phonesStream = await EventReader.OpenAsync(phone, turn, null);
        using var phonesSocket = await SocketClient.OpenAsync(nodes.One.Address, (string)lost["accessToken"]!);
        using var otherSocket = await SocketClient.OpenAsync(nodes.Other.Address, (string)lost["accessToken"]!);
        using var ownSocket = await SocketClient.OpenAsync(nodes.One.Address, user.Token);
        var session = (await user.GetAsync("/api/me/sessions"))["items"]!.AsArray().Single(static s => !(bool)s!["isCurrent"]!)!;

        using var response = await user.Client.DeleteAsync($"/api/me/sessions/{session["id"]}", Cancelled);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.DoesNotContain(await phonesStream.ReadToEndAsync(), static e => e.Type == "completed");
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, await phonesSocket.ClosedAsync());
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, await otherSocket.ClosedAsync());
        await ownSocket.SendAsync(new { type = "ping" });
        Assert.Equal("pong", (string)(await ownSocket.NextAsync())!["type"]!);
        Assert.Equal(HttpStatusCode.OK, await TwoNodes.MeAsync(nodes.One, user.Token));
        using var again = await user.Client.DeleteAsync($"/api/me/sessions/{session["id"]}", Cancelled);
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }

    [Fact]
    public async Task End_SessionOfSomebodyElse_IsNotFound()
    {
        using var user = await nodes.One.SignUpAsync();
        using var other = await nodes.One.SignUpAsync();
        var session = (await other.GetAsync("/api/me/sessions"))["items"]![0]!;

        using var response = await user.Client.DeleteAsync($"/api/me/sessions/{session["id"]}", Cancelled);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await TwoNodes.MeAsync(nodes.One, other.Token));
    }

    [Fact]
    public async Task EndOthers_ThreePlaces_LeavesThisOne()
    {
        using var user = await nodes.One.SignUpAsync();
        var second = await SignInAsync(user, "second");
        var third = await SignInAsync(user, "third");

        using var response = await user.Client.DeleteAsync("/api/me/sessions", Cancelled);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Single((await user.GetAsync("/api/me/sessions"))["items"]!.AsArray());
        foreach (var ended in (JsonNode[])[second, third])
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await TwoNodes.MeAsync(nodes.One, (string)ended["accessToken"]!));
        }
    }

    [Fact]
    public async Task EndAll_TransactionRolledBack_EndsNothing()
    {
        using var user = await nodes.One.SignUpAsync();
        var ending = nodes.One.Services.GetRequiredService<SessionEnding>();

        await Assert.ThrowsAsync<TimeoutException>(() => nodes.InTransactionAsync<int>(async connection =>
        {
            await ending.EndAllAsync(connection, user.Id, null, "banned", Cancelled);
            throw new TimeoutException();
        }));

        using var refresh = await TwoNodes.RefreshAsync(nodes.One, user.RefreshToken);
        Assert.Equal(HttpStatusCode.OK, refresh.StatusCode);
    }

    [Fact]
    public async Task EndAll_NotToldToTakeEffect_DoesWithinTwoSeconds()
    {
        using var user = await nodes.One.SignUpAsync();
        var ending = nodes.One.Services.GetRequiredService<SessionEnding>();

        await nodes.InTransactionAsync(connection => ending.EndAllAsync(connection, user.Id, null, "banned", Cancelled));

        Assert.InRange(await TwoNodes.UntilRefusedAsync(nodes.One, user.Token), TimeSpan.Zero, TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task Cut_RoleWasChanged_OldTokensEndAndTheSessionGoesOn()
    {
        using var user = await nodes.One.SignUpAsync();
        var cutoffs = nodes.One.Services.GetRequiredService<AccessCutoffs>();

        var cut = await nodes.InTransactionAsync(connection => cutoffs.CutAsync(connection, user.Id, Cancelled));
        await nodes.One.SqlAsync($"UPDATE users SET role = 'moderator' WHERE id = '{user.Id}'");
        cut.TakeEffect();

        Assert.Equal(HttpStatusCode.Unauthorized, await TwoNodes.MeAsync(nodes.One, user.Token));
        await TwoNodes.UntilRefusedAsync(nodes.Other, user.Token);
        using var response = await TwoNodes.RefreshAsync(nodes.Other, user.RefreshToken);
        var refreshed = await ApiUser.JsonAsync(response);
        Assert.Equal("moderator", (string)refreshed["user"]!["role"]!);
        Assert.Equal(HttpStatusCode.OK, await TwoNodes.MeAsync(nodes.One, (string)refreshed["accessToken"]!));
        Assert.Equal(HttpStatusCode.OK, await TwoNodes.MeAsync(nodes.Other, (string)refreshed["accessToken"]!));
    }

    [Fact]
    public async Task Use_OfASession_IsWrittenAtMostOnceAMinute()
    {
        using var user = await nodes.One.SignUpAsync();
        var uses = nodes.One.Services.GetRequiredService<LastUses>();
        uses.TakeSessions();

        await user.GetAsync("/api/me");
        await user.GetAsync("/api/me");
        var session = Guid.Parse((string)(await nodes.One.SqlAsync($"SELECT id::text FROM sessions WHERE user_id = '{user.Id}'"))!);

        nodes.Time.Advance(TimeSpan.FromSeconds(70));
        await user.GetAsync("/api/me");
        var first = uses.TakeSessions().Count(u => u.Id == session);
        nodes.Time.Advance(TimeSpan.FromSeconds(30));
        await user.GetAsync("/api/me");
        var second = uses.TakeSessions().Count(u => u.Id == session);

        Assert.Equal((1, 0), (first, second));
    }

    private static HttpClient Client(Uri address, string token)
    {
        var client = new HttpClient { BaseAddress = address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private HttpClient Client(JsonNode signedIn) => Client(nodes.One.Address, (string)signedIn["accessToken"]!);

    private async Task<JsonNode> SignInAsync(ApiUser user, string agent)
    {
        using var client = new HttpClient { BaseAddress = nodes.One.Address };
        ApiUser.FromElsewhere(client);
        client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", agent);
        using var response = await client.PostAsJsonAsync("/api/auth/sign-in", new { email = user.Email, password = ApiUser.Password }, Cancelled);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await ApiUser.JsonAsync(response);
    }
}
