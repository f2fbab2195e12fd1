namespace ChatApp.Api.Accounts.Mail;

/// <summary>A mail that is wanted.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Email">Where it goes.</param>
/// <param name="UserId">The account that it is about; null for the one with this address, if there is one when the mail is written.</param>
internal sealed record Letter(LetterKind Kind, string Email, Guid? UserId = null);
