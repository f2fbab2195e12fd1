using System.ComponentModel.DataAnnotations;
using ChatApp.Api.Accounts.Access;

namespace ChatApp.Api.Accounts.Keys;

/// <summary>Asks for a key.</summary>
/// <param name="Name">What to call it, 1 to 60 characters.</param>
/// <param name="Scopes">What it may do, at least one thing.</param>
/// <param name="ExpiresAt">When it ends; null for never.</param>
/// <param name="RequestsPerMinute">Requests that it may make in a minute; null for what its owner may.</param>
/// <param name="TokensPerDay">Tokens that it may use in a day; null for what its owner may.</param>
public sealed record CreateApiKeyRequest(
    [Required(ErrorMessage = "Give the key a name."), StringLength(60, ErrorMessage = "A name has 60 characters at most.")] string Name,
    [Required(ErrorMessage = "Give at least one scope."), Length(1, 10, ErrorMessage = "Give between 1 and 10 scopes.")] IReadOnlyList<ApiScope> Scopes,
    DateTimeOffset? ExpiresAt = null,
    [Range(1, 100_000, ErrorMessage = "Requests are between 1 and 100,000 a minute.")] int? RequestsPerMinute = null,
    [Range(1, 1_000_000_000_000, ErrorMessage = "Tokens are between 1 and 1,000,000,000,000 a day.")] long? TokensPerDay = null);
