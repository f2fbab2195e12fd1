using System.ComponentModel.DataAnnotations;
using ChatApp.Api.Accounts.Passwords;

namespace ChatApp.Api.Accounts.SecondFactor;

/// <summary>What is wanted after the password.</summary>
/// <param name="Ticket">Goes with the code.</param>
/// <param name="ExpiresAt">Until when.</param>
public sealed record SecondFactorWanted(string Ticket, DateTimeOffset ExpiresAt);

/// <summary>The second half of signing in.</summary>
/// <param name="Ticket">What the first half gave.</param>
/// <param name="Code">The six digits that the app shows, or a recovery code.</param>
public sealed record SecondFactorRequest(
    [Required(ErrorMessage = "Give the ticket."), StringLength(500, ErrorMessage = "This is no ticket.")] string Ticket,
    [Required(ErrorMessage = "Give the code."), StringLength(40, ErrorMessage = "This is no code.")] string Code);

/// <summary>The password, asked again.</summary>
/// <param name="Password">The account's password; null for an account that has none and was signed in to just now.</param>
public sealed record PasswordAgain([StringLength(PasswordRules.MaxLength, ErrorMessage = "A password has 128 characters at most.")] string? Password = null);

/// <summary>A secret for an authenticator app. It is in use when a first code has confirmed it.</summary>
/// <param name="Secret">To be typed, in base 32.</param>
/// <param name="Uri">The same as <c>otpauth://</c>.</param>
/// <param name="QrSvg">The same to be scanned: an SVG document.</param>
public sealed record SecondFactorSetup(string Secret, string Uri, string QrSvg);

/// <summary>The first code of a new secret.</summary>
/// <param name="Code">The six digits that the app shows.</param>
public sealed record SecondFactorCode([Required(ErrorMessage = "Give the code."), StringLength(40, ErrorMessage = "This is no code.")] string Code);

/// <summary>Codes that are good once each in place of the app's, shown this one time.</summary>
/// <param name="RecoveryCodes">Ten of them; those made before are not good any more.</param>
public sealed record RecoveryCodesMade(IReadOnlyList<string> RecoveryCodes);
