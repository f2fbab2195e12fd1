using System.Net;
using System.Net.Http.Json;
using ChatApp.Tests.Api;
using Xunit;

namespace ChatApp.Tests.Security;

/// <summary>OWASP API Security Top 10 (2023), as far as <see cref="RouteMatrixTests"/> and <see cref="FuzzTests"/> do not go through it route by route.</summary>
[Trait("Category", "Integration")]
public sealed class ApiTopTenTests(GuardedHost guarded) : IClassFixture<GuardedHost>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private ApiUser Attacker => guarded.ByRole[RouteAccess.Person];

    [Fact]
    public async Task Api3_FieldsThatNobodyMaySet_AreNotSet()
    {
        using var client = guarded.Client();
        var email = $"{Guid.NewGuid():N}@example.org";
        var id = Guid.NewGuid();
        using var response = await client.PostAsJsonAsync(
            "/api/auth/sign-up",
            new { name = "Eve", email, password = ApiUser.Password, role = "admin", id, emailConfirmed = true, isAdmin = true, user = new { role = "admin" }, bannedUntil = (string?)null },
            Cancelled);
        var user = (await ApiUser.JsonAsync(response))["user"]!;
        using var renamed = await Attacker.SendAsync(HttpMethod.Patch, "/api/me", new { name = "Mallory", role = "admin", email = "owner@example.org", emailConfirmed = true });
        var me = await Attacker.GetAsync("/api/me");

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("user", (string)user["role"]!);
        Assert.NotEqual(id, (Guid)user["id"]!);
        Assert.Equal("user", (string)me["role"]!);
        Assert.Equal(Attacker.Email, (string)me["email"]!);
    }

    [Fact]
    public async Task Api3_AConversationOfSomebodyElse_CannotBeTakenOrGiven()
    {
        var before = await guarded.FingerprintOfOwnerAsync();
        using var response = await Attacker.SendAsync(HttpMethod.Post, "/api/conversations", new
        {
            characterId = ApiUser.Mira,
            userId = guarded.Estate["person"],
            id = guarded.Estate["conversation"],
            currentMessageId = guarded.Estate["answer"],
        });
        var made = await ApiUser.JsonAsync(response);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.NotEqual(guarded.Estate["conversation"], (string)made["id"]!);
        Assert.Empty(await Attacker.MessagesAsync((Guid)made["id"]!));
        Assert.Equal(before, await guarded.FingerprintOfOwnerAsync());
    }

    [Fact]
    public async Task Api3_AMessageOfSomebodyElse_IsNoParentBranchOrAnswerOfMine()
    {
        var mine = await Attacker.StartConversationAsync();
        var answer = Guid.Parse(guarded.Estate["answer"]);
        var before = await guarded.FingerprintOfOwnerAsync();

        using var shown = await Attacker.ShowAsync(mine, answer);
        using var branched = await Attacker.BranchAsync(mine, answer);
        using var again = await Attacker.RegenerateAsync(mine, answer);
        using var continued = await Attacker.ContinueAsync(mine, answer);
        using var edited = await Attacker.EditAsync(mine, Guid.Parse(guarded.Estate["question"]), "Mine now.");

        Assert.All([shown, branched, again, continued, edited], static response => Assert.Equal(HttpStatusCode.NotFound, response.StatusCode));
        Assert.Equal(before, await guarded.FingerprintOfOwnerAsync());
    }

    [Theory]
    [InlineData("/api/conversations?limit=100000")]
    [InlineData("/api/conversations?limit=0")]
    [InlineData("/api/conversations?limit=-1")]
    [InlineData("/api/conversations?cursor=AAAA")]
    [InlineData("/api/characters?limit=101")]
    public async Task Api4_APageThatIsTooLarge_IsRefused(string path)
    {
        using var response = await Attacker.Client.GetAsync(path, Cancelled);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Api8_AnswersAndErrors_TellNothingOfTheInside()
    {
        foreach (var path in new[] { "/api/conversations/x", "/api/nothing", "/api/turns/00000000-0000-0000-0000-000000000000", "/api/admin/engines/../../health" })
        {
            using var response = await Attacker.Client.GetAsync(path, Cancelled);
            var body = await response.Content.ReadAsStringAsync(Cancelled);

            Assert.False(response.Headers.Contains("Server"), path);
            Assert.False(response.Headers.Contains("X-Powered-By"), path);
            Assert.All(["   at ", "Exception", "Npgsql", "ChatApp.Api", "/home/", ".cs:line"], inside => Assert.DoesNotContain(inside, body, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Api8_AnotherOrigin_IsNotLetIn()
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "/api/conversations");
        request.Headers.Add("Origin", "https://evil.example");
        request.Headers.Add("Access-Control-Request-Method", "POST");
        using var response = await Attacker.Client.SendAsync(request, Cancelled);

        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.False(response.Headers.Contains("Access-Control-Allow-Credentials"));
    }
}
