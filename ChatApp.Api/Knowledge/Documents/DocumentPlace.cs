using System.Runtime.InteropServices;

namespace ChatApp.Api.Knowledge.Documents;

/// <summary>Where documents belong: to a character or to a conversation.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DocumentPlace
{
    private DocumentPlace(Guid? characterId, Guid? conversationId)
    {
        CharacterId = characterId;
        ConversationId = conversationId;
    }

    public Guid? CharacterId { get; }

    public Guid? ConversationId { get; }

    public static DocumentPlace OfCharacter(Guid id) => new(id, null);

    public static DocumentPlace OfConversation(Guid id) => new(null, id);
}
