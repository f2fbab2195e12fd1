using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace ChatApp.Tests.Accounts.External;

/// <summary>Signs ID tokens, well or badly.</summary>
internal sealed class IdTokenKey(RSA key)
{
    public string Sign(JsonObject claims, string algorithm = "RS256", string kid = "k1") => algorithm switch
    {
        "none" => $"{Signed(claims, algorithm, kid)}.",
        // The public key, which everybody has, as a shared secret.
        "HS256" => Join(Signed(claims, algorithm, kid), text => HMACSHA256.HashData(Encoding.UTF8.GetBytes(key.ExportRSAPublicKeyPem()), text)),
        _ => Join(Signed(claims, algorithm, kid), text => key.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
    };

    private static string Join(string signed, Func<byte[], byte[]> sign) => $"{signed}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(signed)))}";

    private static string Signed(JsonObject claims, string algorithm, string kid) =>
        $"{Encode(new JsonObject { ["alg"] = algorithm, ["kid"] = kid, ["typ"] = "JWT" })}.{Encode(claims)}";

    private static string Encode(JsonObject json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));
}
