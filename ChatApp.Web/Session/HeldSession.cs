using ChatApp.Web.Api;

namespace ChatApp.Web.Session;

/// <summary>A session as this site holds it: in a cookie, in a circuit's user, and in <see cref="SessionTokens"/>.</summary>
/// <param name="Id">The site's own name for it, made anew at every sign-in. It is no secret, and the Api does not know it.</param>
/// <param name="SignedIn">The tokens, and who signed in.</param>
/// <param name="Since">When these tokens came.</param>
internal sealed record HeldSession(string Id, SignedIn SignedIn, DateTimeOffset Since)
{
    /// <summary>From here on a request that can rewrite the cookie renews the tokens: half of their life is left for trouble.</summary>
    public DateTimeOffset RenewFrom => Since + ((SignedIn.ExpiresAt - Since) / 2);

    /// <summary>From here on everybody does, circuits too, which cannot rewrite the cookie themselves.</summary>
    public DateTimeOffset RenewLatest => Since + ((SignedIn.ExpiresAt - Since) * 0.8);

    /// <summary>True where these tokens came after the others: each pair ends later than the one before.</summary>
    public bool IsNewerThan(HeldSession other) => SignedIn.ExpiresAt > other.SignedIn.ExpiresAt;
}
