using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ChatApp.Api.Accounts.Tokens;
using ChatApp.Tests.Api;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatApp.Tests.Accounts.Tokens;

/// <summary>Tokens that somebody made who is not the service, or that are not for here and now.</summary>
[Collection(OneService.Name)]
public sealed class ForgedTokenTests(TwoNodes nodes)
{
    private ECDsa ServicesKey => nodes.One.Services.GetRequiredService<SigningKeyRing>().Current.Key.ECDsa;

    [Fact]
    public async Task Token_SignedByTheServicesKey_IsTaken()
    {
        using var user = await nodes.One.SignUpAsync();

        // What the other tests change is all that is wrong with theirs.
        Assert.Equal(HttpStatusCode.OK, await TwoNodes.MeAsync(nodes.One, TokenForge.Es256(Header(user), Claims(user), ServicesKey)));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("NONE")]
    [InlineData("")]
    [InlineData(null)]
    public async Task Token_WithoutSignature_IsRefused(string? algorithm)
    {
        using var user = await nodes.One.SignUpAsync();
        var header = Header(user);
        header["alg"] = algorithm;

        Assert.Equal(HttpStatusCode.Unauthorized, await TwoNodes.MeAsync(nodes.One, TokenForge.Unsigned(header, Claims(user))));
        header["alg"] = "ES256";
        Assert.Equal(HttpStatusCode.Unauthorized, await TwoNodes.MeAsync(nodes.One, TokenForge.Unsigned(header, Claims(user))));
    }

    [Fact]
    public async Task Token_PublishedKeyUsedAsASecret_IsRefused()
    {
        using var user = await nodes.One.SignUpAsync();
        var jwk = (await user.GetAsync("/.well-known/jwks.json"))["keys"]![0]!;
        var header = Header(user);
        header["alg"] = "HS256";
        byte[][] secrets =
        [
            ServicesKey.ExportSubjectPublicKeyInfo(),
            Encoding.ASCII.GetBytes(ServicesKey.ExportSubjectPublicKeyInfoPem()),
            Encoding.ASCII.GetBytes(ServicesKey.ExportSubjectPublicKeyInfoPem() + "\n"),
            Encoding.ASCII.GetBytes(jwk.ToJsonString()),
            Encoding.ASCII.GetBytes((string)jwk["x"]!),
            Base64Url.DecodeFromChars((string)jwk["x"]!),
            [.. Base64Url.DecodeFromChars((string)jwk["x"]!), .. Base64Url.DecodeFromChars((string)jwk["y"]!)],
            "a-secret-for-tests-of-32-characters-or-more"u8.ToArray(),
        ];

        foreach (var secret in secrets)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await TwoNodes.MeAsync(nodes.One, TokenForge.Hs256(header, Claims(user), secret)));
        }
    }

    [Fact]
    public async Task Token_SignedWithAnotherKey_IsRefused()
    {
        using var user = await nodes.One.SignUpAsync();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var rsa = RSA.Create(2048);
        var (header, claims) = (Header(user), Claims(user));
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var carried = Header(user);
        carried["jwk"] = new JsonObject
        {
            ["kty"] = "EC", ["crv"] = "P-256", ["kid"] = (string?)carried["kid"],
            ["x"] = Base64Url.EncodeToString(point.X), ["y"] = Base64Url.EncodeToString(point.Y),
        };
        var unknown = Header(user);
        unknown["kid"] = "another";
        var unnamed = Header(user);
        unnamed.Remove("kid");
        var asRsa = Header(user);
        asRsa["alg"] = "RS256";

        Assert.All(
            await Task.WhenAll(new[]
            {
                TokenForge.Es256(header, claims, key),
                TokenForge.Es256(carried, claims, key),
                TokenForge.Es256(unknown, claims, key),
                TokenForge.Es256(unknown, claims, ServicesKey),
                TokenForge.Es256(unnamed, claims, key),
                TokenForge.Es256(asRsa, claims, ServicesKey),
                TokenForge.Rs256(asRsa, claims, rsa),
            }.Select(token => TwoNodes.MeAsync(nodes.One, token))),
            static status => Assert.Equal(HttpStatusCode.Unauthorized, status));
    }

    [Theory]
    [InlineData("iss", "somebody")]
    [InlineData("aud", "another-service")]
    [InlineData("iss", null)]
    [InlineData("aud", null)]
    [InlineData("exp", null)]
    [InlineData("sid", null)]
    [InlineData("exp", -60)]
    [InlineData("nbf", 60)]
    public async Task Token_NotForHereOrNow_IsRefused(string claim, object? value)
    {
        using var user = await nodes.One.SignUpAsync();
        var claims = Claims(user);
        if (value is null)
        {
            claims.Remove(claim);
        }
        else
        {
            claims[claim] = value is int seconds ? nodes.Time.GetUtcNow().AddSeconds(seconds).ToUnixTimeSeconds() : (string)value;
        }

        Assert.Equal(HttpStatusCode.Unauthorized, await TwoNodes.MeAsync(nodes.One, TokenForge.Es256(Header(user), claims, ServicesKey)));
    }

    [Fact]
    public async Task Token_AfterItsEnd_IsRefused()
    {
        using var user = await nodes.One.SignUpAsync();

        nodes.Time.Advance(TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(20));
        var inTolerance = await TwoNodes.MeAsync(nodes.One, user.Token);
        nodes.Time.Advance(TimeSpan.FromSeconds(15));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (inTolerance, await TwoNodes.MeAsync(nodes.One, user.Token)));
    }

    [Fact]
    public async Task Token_ForAnotherRole_ChangesNothingWithoutTheKey()
    {
        using var admin = await nodes.One.SignUpAsync();
        using var user = await nodes.One.SignUpAsync();
        var parts = user.Token.Split('.');
        var claims = TokenForge.Part(user.Token, 1);
        claims["role"] = "admin";
        var changed = $"{parts[0]}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.ToJsonString()))}.{parts[2]}";

        Assert.Equal(HttpStatusCode.Unauthorized, await TwoNodes.MeAsync(nodes.One, changed));
    }

    private static JsonObject Header(ApiUser user) => TokenForge.Part(user.Token, 0);

    private static JsonObject Claims(ApiUser user) => TokenForge.Part(user.Token, 1);
}
