using System.Net;
using System.Net.Http.Json;
using ChatApp.Tests.Api;
using ChatApp.Tests.Turns;
using Xunit;

namespace ChatApp.Tests.Limits;

/// <summary>Guessing at passwords gets nobody anywhere, and tells nobody which accounts there are.</summary>
[Collection(RedisIsEmptied.Name)]
[Trait("Category", "Integration")]
public sealed class AttemptTests(LimitedHosts hosts) : IClassFixture<LimitedHosts>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SignIn_OneAccountFromManyAddressesAtOnce_TenGuessesAndNoMore(bool exists)
    {
        using var user = await hosts.One.SignUpAsync();
        var email = exists ? user.Email : $"{Guid.NewGuid():N}@example.org";

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => TryAsync(email, "a guess", there: i % 2 == 0)));

        Assert.Equal(10, answers.Count(static a => a.Status == 401));
        Assert.Equal(30, answers.Count(static a => a.Status == 429));
        Assert.Equal("Too many attempts. Wait for the seconds that Retry-After says, and try again.", answers.First(static a => a.Status == 429).Detail);
        Assert.Equal(429, (await TryAsync(email.ToUpperInvariant(), ApiUser.Password)).Status);
        Assert.Equal(1L, await hosts.One.SqlAsync($"SELECT count(*) FROM audit_log WHERE action = 'account.locked_out' AND subject_id {(exists ? $"= (SELECT id::text FROM users WHERE email = '{user.Email}')" : "IS NULL")}"));
    }

    [Fact]
    public async Task SignIn_ManyAccountsFromOneAddress_TwentyGuessesAndNoMore()
    {
        using var user = await hosts.One.SignUpAsync();
        using var attacker = hosts.Stranger();

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => TryAsync($"{Guid.NewGuid():N}@example.org", "Summer2026!", client: attacker)));

        Assert.Equal(20, answers.Count(static a => a.Status == 401));
        Assert.Equal(20, answers.Count(static a => a.Status == 429));
        Assert.Equal(429, (await TryAsync(user.Email, ApiUser.Password, client: attacker)).Status);
        Assert.Equal(200, (await TryAsync(user.Email, ApiUser.Password)).Status);
    }

    [Fact]
    public async Task SignIn_Right_ClearsWhatFailedBefore()
    {
        using var user = await hosts.One.SignUpAsync();
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < 9; i++)
            {
                Assert.Equal(401, (await TryAsync(user.Email, "a guess")).Status);
            }

            Assert.Equal(200, (await TryAsync(user.Email, ApiUser.Password)).Status);
        }
    }

    private async Task<(int Status, string? Detail)> TryAsync(string email, string password, bool there = false, HttpClient? client = null)
    {
        using var own = client is null ? hosts.Stranger(there) : null;
        using var answer = await (client ?? own!).PostAsJsonAsync("/api/auth/sign-in", new { email, password }, Cancelled);
        if (answer.StatusCode == HttpStatusCode.TooManyRequests)
        {
            Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 900);
        }

        return ((int)answer.StatusCode, (string?)(await ApiUser.JsonAsync(answer))["detail"]);
    }
}
