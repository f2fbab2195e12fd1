using System.ComponentModel.DataAnnotations;

namespace ChatApp.Api.Accounts.Deletion;

/// <summary>Somebody wants their account gone, and shows that it is theirs.</summary>
/// <param name="Password">The account's password. One that has none must have been signed in to in the last ten minutes instead.</param>
public sealed record DeletionRequest([StringLength(128, ErrorMessage = "A password has 128 characters at most.")] string? Password = null);
