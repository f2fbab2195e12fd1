using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using Xunit;

namespace ChatApp.Tests.Accounts;

[Trait("Category", "Integration")]
public sealed class AccountTests(StackFixture stack)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SignIn_AfterSigningUp_GivesATokenForTheSameAccount()
    {
        using var user = await ApiUser.SignUpAsync(stack.CreateApiClient());

        using var response = await SignInAsync(user.Email.ToUpperInvariant(), ApiUser.Password);
        var signedIn = await ApiUser.JsonAsync(response);
        user.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)signedIn["accessToken"]!);
        var me = await user.GetAsync("/api/me");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(user.Email, (string)me["email"]!);
        Assert.Equal("Ada", (string)me["name"]!);
        Assert.Null(me["passwordHash"]);
        var expires = (DateTimeOffset)signedIn["expiresAt"]!;
        Assert.InRange(expires, DateTimeOffset.UtcNow.AddMinutes(9), DateTimeOffset.UtcNow.AddMinutes(11));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SignIn_WrongPasswordOrAddress_SaysTheSame(bool exists)
    {
        using var user = await ApiUser.SignUpAsync(stack.CreateApiClient());

        using var response = await SignInAsync(exists ? user.Email : $"{Guid.NewGuid():N}@example.org", "not the password");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        var problem = await ApiUser.JsonAsync(response);
        Assert.Equal("The e-mail address or the password is wrong.", (string)problem["detail"]!);
        Assert.NotNull(problem["traceId"]);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task SignUp_AddressTakenInOtherCase_IsAConflict()
    {
        using var user = await ApiUser.SignUpAsync(stack.CreateApiClient());

        using var response = await user.Client.PostAsJsonAsync(
            "/api/auth/sign-up", new { name = "Eve", email = user.Email.ToUpperInvariant(), password = "another password" }, Cancelled);

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
    }

    [Theory]
    [InlineData("""{"name":" ","email":"a@example.org","password":"12345678"}""", "name")]
    [InlineData("""{"name":"Ada","email":"no address","password":"12345678"}""", "email")]
    [InlineData("""{"name":"Ada","email":"a@example.org","password":"1234567"}""", "password")]
    [InlineData("""{"email":"a@example.org","password":"12345678"}""", "name")]
    public async Task SignUp_BadField_NamesIt(string body, string field)
    {
        using var client = stack.CreateApiClient();
        ApiUser.FromElsewhere(client);

        using var response = await client.PostAsync("/api/auth/sign-up", new StringContent(body, MediaTypeHeaderValue.Parse("application/json")), Cancelled);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var errors = (await ApiUser.JsonAsync(response))["errors"]!.AsObject();
        Assert.Equal([field], errors.Select(static e => e.Key));
    }

    [Theory]
    [InlineData("{bad")]
    [InlineData("")]
    [InlineData("""{"name":"a\u0000b","email":"nul@example.org","password":"12345678"}""")]
    [InlineData("""{"name":"a\ud800b","email":"half@example.org","password":"12345678"}""")]
    public async Task SignUp_UnreadableBody_IsAProblem(string body)
    {
        using var client = stack.CreateApiClient();
        ApiUser.FromElsewhere(client);

        using var response = await client.PostAsync("/api/auth/sign-up", new StringContent(body, MediaTypeHeaderValue.Parse("application/json")), Cancelled);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.NotNull((await ApiUser.JsonAsync(response))["detail"]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("x.y.z")]
    [InlineData("eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJzdWIiOiIwMTk4MDAwMC0wMDAwLTcwMDAtODAwMC0wMDAwMDAwMDAwMDEiLCJpc3MiOiJjaGF0YXBwIiwiYXVkIjoiY2hhdGFwcCIsImV4cCI6NDEwMjQ0NDgwMH0.")]
    public async Task Me_NoTokenOrABadOne_IsRefused(string? token)
    {
        using var client = stack.CreateApiClient();
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);

        using var response = await client.GetAsync("/api/me", Cancelled);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Me_TokenWithAChangedName_IsRefused()
    {
        using var user = await ApiUser.SignUpAsync(stack.CreateApiClient());
        using var other = await ApiUser.SignUpAsync(stack.CreateApiClient());
        var parts = user.Token.Split('.');
        user.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", $"{parts[0]}.{other.Token.Split('.')[1]}.{parts[2]}");

        using var response = await user.Client.GetAsync("/api/me", Cancelled);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task SignUp_FirstOfAll_IsTheAdministrator()
    {
        await using var engine = await ScriptedEngine.StartAsync();
        await using var host = await ApiHost.StartAsync(stack, engine);

        var users = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => host.SignUpAsync()));
        var roles = await Task.WhenAll(users.Select(static async u => (string)(await u.GetAsync("/api/me"))["role"]!));

        Assert.Equal(["admin", "user", "user", "user"], roles.Order());
    }

    [Fact]
    public async Task SignIn_TooOften_IsAskedToWaitWithoutHarmToOthers()
    {
        await using var engine = await ScriptedEngine.StartAsync();
        await using var host = await ApiHost.StartAsync(stack, engine, ("Auth:AttemptsPerMinute", "3"));
        using var client = new HttpClient { BaseAddress = host.Address };
        ApiUser.FromElsewhere(client);

        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < 4; i++)
        {
            answers.Add(await client.PostAsJsonAsync("/api/auth/sign-in", new { email = $"{Guid.NewGuid():N}@example.org", password = "whatever" }, Cancelled));
        }

        Assert.Equal([401, 401, 401, 429], answers.Select(static a => (int)a.StatusCode));
        Assert.InRange(answers[3].Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        using var elsewhere = await host.SignUpAsync();
    }

    private async Task<HttpResponseMessage> SignInAsync(string email, string password)
    {
        using var client = stack.CreateApiClient();
        ApiUser.FromElsewhere(client);
        return await client.PostAsJsonAsync("/api/auth/sign-in", new { email, password }, Cancelled);
    }
}
