using ChatApp.Api.Knowledge.Documents;

namespace ChatApp.Api.Knowledge.Search;

/// <summary>A document that a search may look into.</summary>
internal sealed record DocumentInScope
{
    public Guid Id { get; init; }

    public string Name { get; init; } = "";

    public long Revision { get; init; }

    /// <summary>Null for a document of the conversation.</summary>
    public Guid? CharacterId { get; init; }

    public Guid? ConversationId { get; init; }

    public int ChunkCount { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DocumentPlace Place => CharacterId is { } character ? DocumentPlace.OfCharacter(character) : DocumentPlace.OfConversation(ConversationId!.Value);
}
