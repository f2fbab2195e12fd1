namespace ChatApp.Api.Audit.Search;

/// <summary>Who did what an entry is about.</summary>
/// <param name="Kind">How they showed who they are.</param>
/// <param name="Id">The account; null when nobody knows.</param>
/// <param name="Name">The account's name; null when there is no such account any more.</param>
/// <param name="KeyId">The API key, when it was one.</param>
public sealed record AuditItemActor(AuditActorKind Kind, Guid? Id, string? Name, Guid? KeyId);
