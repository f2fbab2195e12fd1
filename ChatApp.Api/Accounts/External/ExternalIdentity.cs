namespace ChatApp.Api.Accounts.External;

/// <summary>Who a provider says that somebody is.</summary>
/// <param name="Subject">What never changes for them there.</param>
/// <param name="Email">Their address; null when it does not tell.</param>
/// <param name="EmailVerified">Whether it says that the address was shown to be theirs.</param>
/// <param name="Name">Their name; null when it does not tell.</param>
internal sealed record ExternalIdentity(string Subject, string? Email, bool EmailVerified, string? Name);
