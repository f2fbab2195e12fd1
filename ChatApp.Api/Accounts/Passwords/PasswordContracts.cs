using System.ComponentModel.DataAnnotations;

namespace ChatApp.Api.Accounts.Passwords;

/// <summary>Another password.</summary>
/// <param name="NewPassword">8 to 128 characters.</param>
/// <param name="CurrentPassword">The one that it replaces; null for an account that has none and was signed in to just now.</param>
public sealed record ChangePasswordRequest(
    [Required(ErrorMessage = "Give a password."), StringLength(PasswordRules.MaxLength, MinimumLength = PasswordRules.MinLength, ErrorMessage = "A password has 8 to 128 characters.")] string NewPassword,
    [StringLength(PasswordRules.MaxLength, ErrorMessage = "A password has 128 characters at most.")] string? CurrentPassword = null);

/// <summary>An account whose password was forgotten, or whose address is to be confirmed.</summary>
/// <param name="Email">The account's address.</param>
public sealed record EmailRequest(
    [Required(ErrorMessage = "Give an e-mail address."), StringLength(254, ErrorMessage = "An e-mail address has 254 characters at most.")] string Email);

/// <summary>A new password for whoever has a mail's link.</summary>
/// <param name="Token">What the link says.</param>
/// <param name="Password">8 to 128 characters.</param>
public sealed record ResetPasswordRequest(
    [Required(ErrorMessage = "Give the link's token."), StringLength(100, ErrorMessage = "This is no token of a link.")] string Token,
    [Required(ErrorMessage = "Give a password."), StringLength(PasswordRules.MaxLength, MinimumLength = PasswordRules.MinLength, ErrorMessage = "A password has 8 to 128 characters.")] string Password);
