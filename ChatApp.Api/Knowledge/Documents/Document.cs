namespace ChatApp.Api.Knowledge.Documents;

/// <summary>Something to look things up in.</summary>
/// <param name="Id">The document's id.</param>
/// <param name="CharacterId">The character that it belongs to; null for one that is attached to a conversation.</param>
/// <param name="ConversationId">The conversation that it is attached to; null for a character's.</param>
/// <param name="Name">Its file's name.</param>
/// <param name="MediaType">What it was found to be.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Status">How far it is.</param>
/// <param name="Progress">How much of it has been read.</param>
/// <param name="Pages">How many pages it has, where it has pages.</param>
/// <param name="Chunks">How many pieces can be found.</param>
/// <param name="Error">Why it could not be read.</param>
/// <param name="CreatedAt">When it was uploaded.</param>
public sealed record Document(
    Guid Id,
    Guid? CharacterId,
    Guid? ConversationId,
    string Name,
    string MediaType,
    long Bytes,
    DocumentStatus Status,
    DocumentProgress Progress,
    int? Pages,
    int Chunks,
    DocumentError? Error,
    DateTimeOffset CreatedAt);
