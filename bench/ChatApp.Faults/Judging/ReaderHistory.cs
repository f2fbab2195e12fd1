using System.Text;

namespace ChatApp.Faults.Judging;

/// <summary>Everything that one reader of one turn got, over all its connections. Written by that reader alone.</summary>
public sealed class ReaderHistory(Guid turn)
{
    private readonly List<SeenEvent> _events = [];
    private readonly StringBuilder _text = new();
    private volatile int _length;
    private volatile bool _hasTerminal;

    public Guid Turn { get; } = turn;

    public IReadOnlyList<SeenEvent> Events => _events;

    /// <summary>The answer as the reader put it together: deltas appended, cleared by <c>restarted</c>.</summary>
    public string Text => _text.ToString();

    /// <summary>How long the answer is so far, for others to watch while it is read.</summary>
    public int Length => _length;

    /// <summary>Whether the end was heard of, for others to watch.</summary>
    public bool HasTerminal => _hasTerminal;

    /// <summary>Its place, as it would resume from; null before the first event.</summary>
    public string? LastId => _events is [.., var last] ? last.Id : null;

    /// <summary>How often it connected.</summary>
    public int Connections { get; set; }

    public int Restarts { get; private set; }

    /// <summary>Whether it was to follow to the end, and did.</summary>
    public bool HasEnded { get; set; }

    /// <summary>Whether its owner gave up on it on purpose, so that nothing is expected of its end.</summary>
    public bool WasLeft { get; set; }

    /// <summary>The status that it was sent away with; null when it never was.</summary>
    public int? Refused { get; set; }

    /// <summary>Whether it was told that nothing comes after its place (204).</summary>
    public bool NothingMore { get; set; }

    /// <summary>Something that cannot be read as an event; null for nothing.</summary>
    public string? Garbage { get; set; }

    public TimeSpan? EndedAt => _events.Find(static e => e.IsTerminal) is { Type: not null } end ? end.At : null;

    /// <summary>The longest time in which nothing came, between the first event and the last.</summary>
    public TimeSpan WorstGap
    {
        get
        {
            var worst = TimeSpan.Zero;
            for (var i = 1; i < _events.Count; i++)
            {
                worst = worst > _events[i].At - _events[i - 1].At ? worst : _events[i].At - _events[i - 1].At;
            }

            return worst;
        }
    }

    public void Take(SeenEvent seen)
    {
        _events.Add(seen);
        if (seen.Type is "restarted")
        {
            Restarts++;
            _text.Clear();
        }

        _text.Append(seen.Text);
        _length = _text.Length;
        _hasTerminal |= seen.IsTerminal;
    }
}
