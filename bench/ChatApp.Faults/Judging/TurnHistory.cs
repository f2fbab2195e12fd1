namespace ChatApp.Faults.Judging;

/// <summary>What clients know of one turn.</summary>
public sealed class TurnHistory(Guid id, Guid user, Guid conversation, string question, string key, TimeSpan acknowledgedAt)
{
    private readonly Lock _gate = new();
    private readonly List<ReaderHistory> _readers = [];

    public Guid Id { get; } = id;

    public Guid User { get; } = user;

    public Guid Conversation { get; } = conversation;

    /// <summary>What was asked; the engine simulator's answer follows from it.</summary>
    public string Question { get; } = question;

    public string Key { get; } = key;

    public TimeSpan AcknowledgedAt { get; } = acknowledgedAt;

    /// <summary>The message that was stored of what was asked; null when nobody was told.</summary>
    public Guid? UserMessage { get; set; }

    /// <summary>When somebody asked to stop it; null when nobody did.</summary>
    public TimeSpan? CancelledAt { get; set; }

    public IReadOnlyList<ReaderHistory> Readers
    {
        get
        {
            lock (_gate)
            {
                return [.. _readers];
            }
        }
    }

    public ReaderHistory AddReader()
    {
        var reader = new ReaderHistory(Id);
        lock (_gate)
        {
            _readers.Add(reader);
        }

        return reader;
    }
}
