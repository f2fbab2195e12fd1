namespace ChatApp.Api.Accounts.External;

/// <summary>Where a provider is asked what.</summary>
/// <param name="Authorization">The page for people.</param>
/// <param name="Token">Changes codes into tokens.</param>
/// <param name="User">Says who a token is for; null where only the ID token does.</param>
/// <param name="WantsBasic">Whether the secret goes into a header, because the form is not taken.</param>
internal sealed record ProviderEndpoints(Uri Authorization, Uri Token, Uri? User, bool WantsBasic);
