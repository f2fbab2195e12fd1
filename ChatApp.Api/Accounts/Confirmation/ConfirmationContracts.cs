using System.ComponentModel.DataAnnotations;
using ChatApp.Api.Accounts.Passwords;

namespace ChatApp.Api.Accounts.Confirmation;

/// <summary>Whoever has the link of a mail that was sent to an address.</summary>
/// <param name="Token">What the link says.</param>
public sealed record ConfirmEmailRequest(
    [Required(ErrorMessage = "Give the link's token."), StringLength(100, ErrorMessage = "This is no token of a link.")] string Token);

/// <summary>Another address.</summary>
/// <param name="Email">The address to have from now on.</param>
/// <param name="Password">The account's password; null for an account that has none and was signed in to just now.</param>
public sealed record ChangeEmailRequest(
    [Required(ErrorMessage = "Give an e-mail address."), StringLength(254, ErrorMessage = "An e-mail address has 254 characters at most.")] string Email,
    [StringLength(PasswordRules.MaxLength, ErrorMessage = "A password has 128 characters at most.")] string? Password = null);
