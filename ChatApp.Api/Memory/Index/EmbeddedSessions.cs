namespace ChatApp.Api.Memory.Index;

/// <summary>
/// What was said in one go: the messages of a conversation, up to a long pause. They are what a message is understood by; what stands
/// for itself is a session of its own.
/// </summary>
internal sealed class EmbeddedSessions
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(4);

    private readonly Dictionary<Guid, List<EmbeddedMemory>> _conversations = [];
    private readonly HashSet<Guid> _touched = [];

    public void Add(EmbeddedMemory memory)
    {
        if (memory.ConversationId is not { } conversation)
        {
            memory.Session = memory.Id;
            return;
        }

        if (!_conversations.TryGetValue(conversation, out var said))
        {
            said = [];
            _conversations.Add(conversation, said);
        }

        var place = said.Count;
        while (place > 0 && (said[place - 1].Position, said[place - 1].Id).CompareTo((memory.Position, memory.Id)) > 0)
        {
            place--;
        }

        said.Insert(place, memory);
        _touched.Add(conversation);
    }

    public void Remove(EmbeddedMemory memory)
    {
        if (memory.ConversationId is { } conversation && _conversations.TryGetValue(conversation, out var said))
        {
            said.Remove(memory);
            _touched.Add(conversation);
            if (said.Count == 0)
            {
                _conversations.Remove(conversation);
                _touched.Remove(conversation);
            }
        }
    }

    /// <summary>Divides anew what was touched, and gives the memories whose session is another than before.</summary>
    public IReadOnlyList<EmbeddedMemory> Divide()
    {
        var moved = new List<EmbeddedMemory>();
        foreach (var conversation in _touched)
        {
            EmbeddedMemory? previous = null;
            foreach (var memory in _conversations[conversation])
            {
                var session = previous is not null && (memory.SaidAt - previous.SaidAt).Duration() <= LongestPause ? previous.Session : memory.Id;
                if (memory.Session != session)
                {
                    memory.Session = session;
                    moved.Add(memory);
                }

                previous = memory;
            }
        }

        _touched.Clear();
        return moved;
    }
}
