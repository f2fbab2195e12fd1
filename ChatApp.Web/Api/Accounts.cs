namespace ChatApp.Web.Api;

/// <summary>A signed-in user, as every way of signing in and each renewal answers.</summary>
/// <param name="AccessToken">What the Api takes for the user until it ends.</param>
/// <param name="ExpiresAt">When the access token ends.</param>
/// <param name="RefreshToken">Gives the next pair of tokens, once.</param>
/// <param name="SessionExpiresAt">When the session ends if it is not used before.</param>
/// <param name="User">Who it is.</param>
internal sealed record SignedIn(string AccessToken, DateTimeOffset ExpiresAt, string RefreshToken, DateTimeOffset SessionExpiresAt, User User)
{
    // A record tells all that it holds, and one day somebody logs it.
    /// <inheritdoc/>
    public override string ToString() => $"{nameof(SignedIn)} {{ User = {User.Id} }}";
}

/// <summary>An account.</summary>
/// <param name="Id">The account's id.</param>
/// <param name="Name">What the characters call its owner.</param>
/// <param name="Email">The address to sign in with.</param>
/// <param name="Role">user, creator, moderator or admin.</param>
/// <param name="EmailConfirmed">The owner has shown that the address is theirs.</param>
/// <param name="HasPassword">False for one who always came by another provider.</param>
/// <param name="SecondFactor">Signing in takes a code too.</param>
/// <param name="CreatedAt">When the account was made.</param>
public sealed record User(
    Guid Id, string Name, string Email, string Role, bool EmailConfirmed = true, bool HasPassword = true, bool SecondFactor = false, DateTimeOffset CreatedAt = default);

/// <summary>What a first step of signing in answers: the session, or a ticket where a second step is wanted, or neither where the address must be confirmed first.</summary>
internal sealed record SignInAnswer(SignedIn? SignedIn, SecondFactorTicket? Ticket);

/// <summary>What the second step of signing in is for; it ends soon.</summary>
internal sealed record SecondFactorTicket(string Ticket, DateTimeOffset ExpiresAt);

/// <summary>The body of a sign-up.</summary>
internal sealed record SignUpRequest(string Name, string Email, string Password);

/// <summary>The body of a sign-in.</summary>
internal sealed record SignInRequest(string Email, string Password);

/// <summary>The body of the second step; the code is six digits or a recovery code.</summary>
internal sealed record SecondFactorRequest(string Ticket, string Code);

/// <summary>The body of a renewal.</summary>
internal sealed record RefreshRequest(string RefreshToken);

/// <summary>The body of what is asked for an address alone.</summary>
internal sealed record EmailRequest(string Email);

/// <summary>The body of what a mailed link is for.</summary>
internal sealed record MailedToken(string Token);

/// <summary>The body of setting a new password by a mailed link.</summary>
internal sealed record ResetPasswordRequest(string Token, string Password);

/// <summary>Another service that one may sign in with.</summary>
internal sealed record SignInProvider(string Name, string DisplayName);

/// <summary>The body that begins signing in with another service.</summary>
internal sealed record ExternalStart(string RedirectUri);

/// <summary>Where the browser goes to sign in with another service, and what it must bring back.</summary>
internal sealed record ExternalWay(string AuthorizeUrl, string State);

/// <summary>What the browser brought back from another service.</summary>
internal sealed record ExternalCallback(string State, string Code, string RedirectUri);
