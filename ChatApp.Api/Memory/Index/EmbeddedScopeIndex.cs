using ChatApp.Api.Retrieval;

namespace ChatApp.Api.Memory.Index;

/// <summary>One scope's memories, to be searched. One at a time may change it, any number may search.</summary>
internal sealed class EmbeddedScopeIndex
{
    // What a posting, a memory and an empty scope take, roughly.
    private const int BytesOfPosting = 40;
    private const int BytesOfMemory = 500;
    private const int BytesOfScope = 4096;

    // A neighbour's words say almost as much about a message as its own; what is said after a question is about it.
    private const double AnswerFactor = 1.5;

    private readonly Dictionary<Guid, EmbeddedMemory> _memories = [];
    private readonly EmbeddedSessions _sessions = new();

    /// <summary>The words.</summary>
    public ContextualIndex<EmbeddedMemory> Words { get; } = new(0.8, 0.6);

    /// <summary>The memories that have a vector.</summary>
    public IReadOnlyList<EmbeddedMemory> WithVector { get; private set; } = [];

    /// <summary>What it takes, roughly.</summary>
    public long Bytes { get; private set; } = BytesOfScope;

    /// <summary>Makes it what it was changed into.</summary>
    public void Apply(EmbeddedChanges changes)
    {
        var gone = new Dictionary<Guid, long>();
        foreach (var removal in changes.Removals)
        {
            if (removal.MemoryId is { } id)
            {
                gone[id] = Math.Max(gone.GetValueOrDefault(id), removal.Version);
                Forget(id);
            }
        }

        var added = new List<(EmbeddedMemory Memory, EmbeddedRow Row)>(changes.Rows.Count);
        // A conversation is put together from its end quickest when it comes in order.
        foreach (var row in changes.Rows.OrderBy(static r => r.Position))
        {
            if (gone.TryGetValue(row.Id, out var version) && version >= row.Version)
            {
                continue;
            }

            if (_memories.Remove(row.Id, out var replaced))
            {
                _sessions.Remove(replaced);
            }

            var memory = row.ToMemory();
            _memories.Add(memory.Id, memory);
            _sessions.Add(memory);
            added.Add((memory, row));
        }

        var moved = _sessions.Divide();
        foreach (var (memory, row) in added)
        {
            Words.Put(memory.Id, memory, memory.Session, memory.Position, row.AllTerms(), memory.Asks ? AnswerFactor : 1);
        }

        foreach (var memory in moved)
        {
            Words.Move(memory.Id, memory.Session, memory.Position);
        }

        WithVector = [.. _memories.Values.Where(static m => m.Vector is not null)];
        Bytes = BytesOfScope + (Words.Postings * BytesOfPosting) + ((long)_memories.Count * BytesOfMemory)
            + WithVector.Sum(static m => (long)m.Vector!.Length * sizeof(float));
    }

    private void Forget(Guid id)
    {
        if (_memories.Remove(id, out var memory))
        {
            _sessions.Remove(memory);
            Words.Remove(id);
        }
    }
}
