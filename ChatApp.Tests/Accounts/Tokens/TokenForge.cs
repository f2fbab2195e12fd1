using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace ChatApp.Tests.Accounts.Tokens;

/// <summary>Makes tokens as somebody would who is not the service.</summary>
internal static class TokenForge
{
    public static string Es256(JsonObject header, JsonObject claims, ECDsa key)
    {
        var content = Content(header, claims);
        return $"{content}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(content), HashAlgorithmName.SHA256))}";
    }

    public static string Rs256(JsonObject header, JsonObject claims, RSA key)
    {
        var content = Content(header, claims);
        return $"{content}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(content), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    public static string Hs256(JsonObject header, JsonObject claims, byte[] key)
    {
        var content = Content(header, claims);
        return $"{content}.{Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(content)))}";
    }

    public static string Unsigned(JsonObject header, JsonObject claims) => Content(header, claims) + ".";

    /// <summary>A part of a token, read.</summary>
    public static JsonObject Part(string token, int part) => JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[part]))!.AsObject();

    private static string Content(JsonObject header, JsonObject claims) => $"{Encode(header)}.{Encode(claims)}";

    private static string Encode(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));
}
