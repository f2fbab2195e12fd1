using ChatApp.Api.Memory;

namespace ChatApp.Bench.Recall;

/// <summary>A conversation of the file in the product's store: one scope, its sessions as conversations, its turns as messages.</summary>
internal sealed class LocomoScope
{
    private readonly Dictionary<Guid, LocomoTurn> _turns = [];

    private LocomoScope(LocomoConversation conversation, MemoryScope scope)
    {
        Conversation = conversation;
        Scope = scope;
    }

    public LocomoConversation Conversation { get; }

    public MemoryScope Scope { get; }

    public static async Task<LocomoScope> WriteAsync(RecallWorld world, LocomoConversation conversation, CancellationToken cancellationToken)
    {
        var written = new LocomoScope(conversation, await world.NewScopeAsync(cancellationToken));
        foreach (var session in conversation.Turns.GroupBy(static t => t.Session))
        {
            var id = await world.NewConversationAsync(written.Scope, cancellationToken);
            var memories = session.Select((turn, i) => new NewMemory(
                MemoryKind.Message, turn.IsFirstSpeaker ? MemorySpeaker.User : MemorySpeaker.Character, turn.Text, turn.SaidAt.AddSeconds(i))
            {
                ConversationId = id,
                MessageId = Guid.CreateVersion7(),
                Position = i,
            }).ToList();
            foreach (var (memory, turn) in memories.Zip(session))
            {
                written._turns.Add(memory.Id, turn);
            }

            await world.Store.AddAsync(written.Scope, memories, cancellationToken);
        }

        return written;
    }

    /// <summary>The turn that a memory of this scope is.</summary>
    public LocomoTurn Turn(Guid memory) => _turns[memory];
}
