namespace ChatApp.Api.People;

/// <summary>Somebody is kept out.</summary>
/// <param name="Until">Until when; null until somebody lets them in again.</param>
/// <param name="Reason">What they are told.</param>
public sealed record Ban(DateTimeOffset? Until, string Reason);
