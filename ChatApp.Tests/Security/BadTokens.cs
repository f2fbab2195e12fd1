using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace ChatApp.Tests.Security;

/// <summary>Tokens that look right and are not.</summary>
internal static class BadTokens
{
    public static async Task<List<(string What, string? Token)>> MakeAsync(GuardedHost guarded)
    {
        var good = guarded.ByRole[RouteAccess.Admin].Token.Split('.');
        using var client = guarded.Client();
        var keys = JsonNode.Parse(await client.GetStringAsync("/.well-known/jwks.json"))!["keys"]!.AsArray();
        var key = keys[0]!;
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        List<(string What, string? Token)> tokens =
        [
            ("nothing", null),
            ("no token", "x.y.z"),
            ("an empty signature", $"{good[0]}.{good[1]}."),
            ("alg none", $"{Part("""{"alg":"none","typ":"JWT"}""")}.{good[1]}."),
            ("alg None", $"{Part("""{"alg":"None","typ":"JWT"}""")}.{good[1]}.{good[2]}"),
            ("another role", $"{good[0]}.{Part(Changed(good[1], "role", "admin", "x"))}.{good[2]}"),
            ("a stranger's key", Signed(Header(key, "ES256"), good[1], data => stranger.SignData(data, HashAlgorithmName.SHA256))),
            ("a stranger's key inside", Signed(WithKey(stranger), good[1], data => stranger.SignData(data, HashAlgorithmName.SHA256))),
            ("an unknown key", Signed("""{"alg":"ES256","typ":"JWT","kid":"../../dev/null"}""", good[1], data => stranger.SignData(data, HashAlgorithmName.SHA256))),
            ("a key that looks like one", "cak_00000000_" + new string('0', 43)),
        ];
        // The public key as the secret of an HMAC, in every form in which somebody may have kept it.
        foreach (var (form, secret) in PublicForms(key))
        {
            tokens.Add(($"HS256 with the public key as {form}", Signed(Header(key, "HS256"), good[1], data => HMACSHA256.HashData(secret, data))));
        }

        tokens.AddRange(await guarded.EndedTokensAsync());
        return tokens;
    }

    private static IEnumerable<(string Form, byte[] Secret)> PublicForms(JsonNode key)
    {
        var (x, y) = (Base64Url.DecodeFromChars((string)key["x"]!), Base64Url.DecodeFromChars((string)key["y"]!));
        using var point = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = x, Y = y } });
        yield return ("JSON", Encoding.UTF8.GetBytes(key.ToJsonString()));
        yield return ("DER", point.ExportSubjectPublicKeyInfo());
        yield return ("PEM", Encoding.UTF8.GetBytes(point.ExportSubjectPublicKeyInfoPem()));
        yield return ("point", [4, .. x, .. y]);
    }

    private static string Header(JsonNode key, string algorithm) => $$"""{"alg":"{{algorithm}}","typ":"JWT","kid":"{{(string)key["kid"]!}}"}""";

    private static string WithKey(ECDsa stranger)
    {
        var point = stranger.ExportParameters(includePrivateParameters: false).Q;
        return $$$"""{"alg":"ES256","typ":"JWT","jwk":{"kty":"EC","crv":"P-256","x":"{{{Base64Url.EncodeToString(point.X)}}}","y":"{{{Base64Url.EncodeToString(point.Y)}}}"}}""";
    }

    private static string Signed(string header, string payload, Func<byte[], byte[]> sign)
    {
        var content = $"{Part(header)}.{payload}";
        return $"{content}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(content)))}";
    }

    private static string Changed(string payload, string claim, string value, string name)
    {
        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(payload))!;
        claims[claim] = value;
        claims["name"] = name;
        return claims.ToJsonString();
    }

    private static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
