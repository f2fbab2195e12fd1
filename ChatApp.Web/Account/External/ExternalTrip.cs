using System.Text.Json;
using System.Text.Json.Serialization;
using ChatApp.Web.Session;

namespace ChatApp.Web.Account.External;

/// <summary>
/// A visitor's way to another service and back. It is kept in a sealed cookie of the browser that set out: what another browser
/// brings back, or what an attacker got for his own account, is refused.
/// </summary>
/// <param name="Provider">The service.</param>
/// <param name="State">What must come back.</param>
/// <param name="RedirectUri">Where it comes back to.</param>
/// <param name="AuthorizeUrl">Where it goes.</param>
/// <param name="Return">Where the visitor wanted to.</param>
/// <param name="Links">It is to link the service to the account that is signed in.</param>
internal sealed record ExternalTrip(string Provider, string State, string RedirectUri, string AuthorizeUrl, string? Return, bool Links)
{
    private const string Cookie = "chatapp-external";
    private const string Pages = "/sign-in/external";
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>Keeps it in the browser.</summary>
    public void Keep(HttpContext context, SealedCookies cookies) =>
        cookies.Write(context, Cookie, JsonSerializer.Serialize(this, ExternalJson.Default.ExternalTrip), Longest, Pages);

    /// <summary>The trip that the browser is on; null when it is not.</summary>
    public static ExternalTrip? Of(HttpContext context, SealedCookies cookies) =>
        cookies.Read(context, Cookie) is { } json ? JsonSerializer.Deserialize(json, ExternalJson.Default.ExternalTrip) : null;

    /// <summary>It has ended, one way or the other.</summary>
    public static void Forget(HttpContext context) => SealedCookies.Delete(context, Cookie, Pages);
}

/// <summary>What the cookie holds.</summary>
[JsonSerializable(typeof(ExternalTrip))]
internal sealed partial class ExternalJson : JsonSerializerContext;
