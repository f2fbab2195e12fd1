using System.Runtime.InteropServices;

namespace ChatApp.Api.Knowledge;

/// <summary>The documents that one conversation may draw on: those of its character, and those attached to it.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct KnowledgeScope
{
    /// <exception cref="ArgumentException">One of the two is empty.</exception>
    public KnowledgeScope(Guid characterId, Guid conversationId)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(characterId, Guid.Empty);
        ArgumentOutOfRangeException.ThrowIfEqual(conversationId, Guid.Empty);
        CharacterId = characterId;
        ConversationId = conversationId;
    }

    public Guid CharacterId { get; }

    public Guid ConversationId { get; }
}
