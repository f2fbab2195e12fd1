using System.Runtime.InteropServices;

namespace ChatApp.Api.Memory;

/// <summary>
/// One person with one character: what memories belong to, and the only thing that any of them is ever looked up by. It comes from
/// the signed-in user, or from the owner of a turn's conversation, never from a request's body.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct MemoryScope
{
    /// <exception cref="ArgumentException">One of the two is empty: nobody's scope would be everybody's.</exception>
    public MemoryScope(Guid userId, Guid characterId)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(userId, Guid.Empty);
        ArgumentOutOfRangeException.ThrowIfEqual(characterId, Guid.Empty);
        UserId = userId;
        CharacterId = characterId;
    }

    public Guid UserId { get; }

    public Guid CharacterId { get; }
}
