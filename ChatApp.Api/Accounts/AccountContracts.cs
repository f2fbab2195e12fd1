using System.ComponentModel.DataAnnotations;

namespace ChatApp.Api.Accounts;

/// <summary>An account as its owner sees it.</summary>
/// <param name="Id">The account's id.</param>
/// <param name="Name">The name to show.</param>
/// <param name="Email">The address to sign in with.</param>
/// <param name="Role">What the account may do.</param>
/// <param name="EmailConfirmed">Whether its owner has shown that the address is theirs.</param>
/// <param name="HasPassword">False for an account that only signs in elsewhere.</param>
/// <param name="SecondFactor">Whether signing in takes a code too.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record User(
    Guid Id, string Name, string Email, UserRole Role, bool EmailConfirmed, bool HasPassword, bool SecondFactor, DateTimeOffset CreatedAt);

/// <summary>A new account.</summary>
/// <param name="Name">The name to show, 1 to 60 characters.</param>
/// <param name="Email">The address to sign in with.</param>
/// <param name="Password">8 to 128 characters.</param>
public sealed record SignUpRequest(
    [Required(ErrorMessage = "Give a name."), StringLength(60, ErrorMessage = "A name has 60 characters at most.")] string Name,
    [Required(ErrorMessage = "Give an e-mail address."), StringLength(254, ErrorMessage = "An e-mail address has 254 characters at most."), EmailAddress(ErrorMessage = "This is not an e-mail address.")] string Email,
    [Required(ErrorMessage = "Give a password."), StringLength(128, MinimumLength = 8, ErrorMessage = "A password has 8 to 128 characters.")] string Password);

/// <summary>What a sign-up or a change of address waits for.</summary>
/// <param name="ConfirmEmail">Whether a mail was sent whose link has to be followed first.</param>
public sealed record ConfirmationWanted(bool ConfirmEmail);

/// <summary>Who signs in.</summary>
/// <param name="Email">The account's address.</param>
/// <param name="Password">The account's password.</param>
public sealed record SignInRequest(
    [Required(ErrorMessage = "Give an e-mail address."), StringLength(254, ErrorMessage = "An e-mail address has 254 characters at most.")] string Email,
    [Required(ErrorMessage = "Give a password."), StringLength(128, ErrorMessage = "A password has 128 characters at most.")] string Password);

/// <summary>What a successful sign-in gives.</summary>
/// <param name="AccessToken">A JWT for <c>Authorization: Bearer</c>.</param>
/// <param name="ExpiresAt">When the access token ends.</param>
/// <param name="RefreshToken">What gives the next access token and the next refresh token; each is good once.</param>
/// <param name="SessionExpiresAt">When the session ends if it is not used again.</param>
/// <param name="User">Who signed in.</param>
public sealed record SignedIn(string AccessToken, DateTimeOffset ExpiresAt, string RefreshToken, DateTimeOffset SessionExpiresAt, User User);
