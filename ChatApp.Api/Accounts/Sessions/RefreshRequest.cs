using System.ComponentModel.DataAnnotations;

namespace ChatApp.Api.Accounts.Sessions;

/// <summary>Asks for the next tokens of a session.</summary>
/// <param name="RefreshToken">The newest refresh token of the session.</param>
public sealed record RefreshRequest(
    [Required(ErrorMessage = "Give the refresh token."), StringLength(200, ErrorMessage = "A refresh token has 200 characters at most.")] string RefreshToken);
