using System.Net;
using System.Text.Json.Nodes;
using ChatApp.Api.Accounts;
using ChatApp.Api.Accounts.Tokens;
using ChatApp.Tests.Api;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
using Xunit;

namespace ChatApp.Tests.Accounts.Tokens;

/// <summary>The keys that sign tokens: that all processes have the same, and that they change.</summary>
[Collection(OneService.Name)]
public sealed class SigningKeyTests(TwoNodes nodes)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keys_OfTwoProcesses_AreTheSameAndPublic()
    {
        using var user = await nodes.One.SignUpAsync();
        using var client = new HttpClient { BaseAddress = nodes.One.Address };
        using var response = await client.GetAsync("/.well-known/jwks.json", Cancelled);
        var key = (await ApiUser.JsonAsync(response))["keys"]![0]!.AsObject();

        Assert.True(response.Headers.CacheControl is { Public: true, MaxAge.TotalMinutes: 5 });
        Assert.Equal(["alg", "crv", "kid", "kty", "use", "x", "y"], key.Select(static p => p.Key).Order());
        Assert.Equal("ES256 P-256 EC sig", $"{key["alg"]} {key["crv"]} {key["kty"]} {key["use"]}");
        Assert.Equal(Kids(await JwksAsync(nodes.One)), Kids(await JwksAsync(nodes.Other)));
        Assert.Equal((string)key["kid"]!, (string)TokenForge.Part(user.Token, 0)["kid"]!);
        Assert.Equal(HttpStatusCode.OK, await TwoNodes.MeAsync(nodes.Other, user.Token));
    }

    [Fact]
    public async Task Rotation_InItsTime_PublishesTheNextFirstAndTakesOldTokensToTheirEnd()
    {
        await ReadAsync();
        // Other tests may have moved the time: it begins where a key has just begun to sign.
        await nodes.One.SqlAsync("DELETE FROM signing_keys");
        await ReadAsync();
        var first = Assert.Single(Kids(await JwksAsync(nodes.One)));

        nodes.Time.Advance(TimeSpan.FromDays(28.9));
        await ReadAsync();
        Assert.Equal([first], Kids(await JwksAsync(nodes.One)));

        nodes.Time.Advance(TimeSpan.FromDays(0.2));
        await ReadAsync();
        var published = Kids(await JwksAsync(nodes.One));
        using var early = await nodes.One.SignUpAsync();
        Assert.Equal(2, published.Count);
        Assert.Equal(published, Kids(await JwksAsync(nodes.Other)));
        Assert.Equal(first, Kid(early.Token));

        // Nobody reads the table in between: the next one is known when its time comes.
        nodes.Time.Advance(SigningKeyStore.Lead - TimeSpan.FromMinutes(5));
        using var last = await nodes.One.SignUpAsync();
        nodes.Time.Advance(TimeSpan.FromMinutes(6));
        using var next = await nodes.One.SignUpAsync();
        Assert.Equal((first, published.Single(k => k != first)), (Kid(last.Token), Kid(next.Token)));
        Assert.Equal(HttpStatusCode.OK, await TwoNodes.MeAsync(nodes.Other, last.Token));
        Assert.Equal(HttpStatusCode.OK, await TwoNodes.MeAsync(nodes.Other, next.Token));

        nodes.Time.Advance(TimeSpan.FromDays(1.1));
        await ReadAsync();
        Assert.DoesNotContain(first, Kids(await JwksAsync(nodes.One)));
    }

    [Fact]
    public async Task Keep_ManyProcessesOnAnEmptyTable_MakeOneKey()
    {
        await ReadAsync();
        await nodes.One.SqlAsync("DELETE FROM signing_keys");

        var kept = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Store(i % 2 == 0 ? nodes.One : nodes.Other).KeepAsync(Cancelled)));

        Assert.Single(kept.Select(static keys => Assert.Single(keys).Id).Distinct());
        await ReadAsync();
    }

    [Fact]
    public async Task Keep_AnotherSecret_TakesNoKeyOfTheOldOne()
    {
        await nodes.One.SqlAsync("DELETE FROM signing_keys");
        await ReadAsync();
        var before = Kids(await JwksAsync(nodes.One));
        await using var database = NpgsqlDataSource.Create(nodes.One.Database);
        var options = Options.Create(new AuthOptions { Secret = "another-secret-for-tests-of-32-characters" });

        var keys = await new SigningKeyStore(database, new SecretBox(options), options, nodes.Time).KeepAsync(Cancelled);

        Assert.DoesNotContain(Assert.Single(keys).Id, before);
        Assert.Equal(before, (await Store(nodes.One).KeepAsync(Cancelled)).Select(static k => k.Id));
    }

    [Fact]
    public async Task Issue_PostgresIsAway_GoesOnWithTheKeysThatWereRead()
    {
        var database = NpgsqlDataSource.Create(nodes.One.Database);
        var options = Options.Create(new AuthOptions { Secret = "a-secret-for-tests-of-32-characters-or-more" });
        using var ring = new SigningKeyRing(new SigningKeyStore(database, new SecretBox(options), options, nodes.Time), nodes.Time);
        await ring.ReadAsync(Cancelled);
        await database.DisposeAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => ring.ReadAsync(Cancelled));

        var (token, _) = await new AccessTokens(ring, options, nodes.Time).IssueAsync(
            new Account { Id = Guid.NewGuid(), Name = "Ada" }, Guid.NewGuid(), nodes.Time.GetUtcNow().AddDays(1), Cancelled);

        Assert.NotNull(ring.Find(Kid(token)));
    }

    private static SigningKeyStore Store(ApiHost node) => node.Services.GetRequiredService<SigningKeyStore>();

    private static string Kid(string token) => (string)TokenForge.Part(token, 0)["kid"]!;

    private static List<string> Kids(JsonNode keys) => [.. keys["keys"]!.AsArray().Select(static k => (string)k!["kid"]!)];

    private static async Task<JsonNode> JwksAsync(ApiHost node)
    {
        using var client = new HttpClient { BaseAddress = node.Address };
        using var response = await client.GetAsync("/.well-known/jwks.json", Cancelled);
        return await ApiUser.JsonAsync(response);
    }

    // What each process does every minute.
    private async Task ReadAsync()
    {
        foreach (var node in (ApiHost[])[nodes.One, nodes.Other])
        {
            await node.Services.GetRequiredService<SigningKeyRing>().ReadAsync(Cancelled);
        }
    }
}
