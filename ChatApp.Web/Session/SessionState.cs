using ChatApp.Web.Api;

namespace ChatApp.Web.Session;

/// <summary>What is known of a visitor's session.</summary>
/// <param name="Held">The newest tokens; null when nobody is signed in, or not any more.</param>
/// <param name="IsEnded">There was a session, and the Api or the person has ended it.</param>
/// <param name="IsOver">The access token has ended, and just now the Api cannot be asked for the next one. The session may well live.</param>
internal readonly record struct SessionState(HeldSession? Held, bool IsEnded = false, bool IsOver = false)
{
    /// <summary>Nobody is signed in.</summary>
    public static SessionState Nobody => default;

    /// <summary>The session is no more.</summary>
    public static SessionState Ended => new(null, IsEnded: true);

    /// <summary>The tokens; null as <see cref="Held"/>.</summary>
    public SignedIn? Session => Held?.SignedIn;
}
