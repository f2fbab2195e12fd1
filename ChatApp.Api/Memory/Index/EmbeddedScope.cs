using Microsoft.Extensions.Options;

namespace ChatApp.Api.Memory.Index;

/// <summary>A scope's index in this process, and how it is kept as new as the scope.</summary>
internal sealed class EmbeddedScope(MemoryScope scope, EmbeddedRows rows, TimeProvider time, IOptions<EmbeddedIndexOptions> options)
{
    // What went is noted for a day: after half of one without a look, nobody relies on the notes.
    private static readonly TimeSpan TrustsNotes = TimeSpan.FromHours(12);

    private readonly Lock _lock = new();
    private State? _state;
    private Task? _running;

    /// <summary>What it takes, roughly.</summary>
    public long Bytes => Volatile.Read(ref _state)?.Index.Bytes ?? 0;

    /// <summary>When it was last asked for, for whoever makes room.</summary>
    public long UsedAt { get; private set; }

    /// <summary>The index as of this version or a later one; null when the scope is gone by now.</summary>
    /// <remarks>Who comes while it is being read waits for the same reading, which goes on when somebody stops waiting.</remarks>
    public async Task<EmbeddedScopeIndex?> AtAsync(ScopeVersion version, CancellationToken cancellationToken)
    {
        UsedAt = time.GetTimestamp();
        // The first reading may have begun before that version was seen; the second one has not.
        for (var readings = 0; ; readings++)
        {
            var state = Volatile.Read(ref _state);
            if (state is not null && (readings > 1 || state.At.IsAtLeast(version)))
            {
                state.SeenAt = UsedAt;
                return state.At.Version is null ? null : state.Index;
            }

            Task running;
            lock (_lock)
            {
                // What ended meanwhile may be new enough already.
                if (!ReferenceEquals(state, _state))
                {
                    readings--;
                    continue;
                }

                running = _running ??= Task.Run(SynchronizeAsync, CancellationToken.None);
            }

            await running.WaitAsync(cancellationToken);
        }
    }

    private async Task SynchronizeAsync()
    {
        try
        {
            using var limit = new CancellationTokenSource(options.Value.LoadTimeout, time);
            var known = _state;
            var changes = known is { At.Version: { } since } && time.GetElapsedTime(known.SeenAt) < TrustsNotes
                ? await rows.ChangesAsync(scope, since, limit.Token)
                : null;
            if (changes is null || changes.At.CreatedAt != known!.At.CreatedAt || changes.At.Version < known.At.Version
                || changes.Removals.Any(static r => r.MemoryId is null))
            {
                changes = await rows.LoadAsync(scope, limit.Token);
                known = null;
            }

            var index = known?.Index ?? new EmbeddedScopeIndex();
            index.Apply(changes);
            End(new State(index, changes.At) { SeenAt = time.GetTimestamp() });
        }
        catch
        {
            End(null);
            throw;
        }
    }

    // A reading that failed may have changed half of the index, so nothing of it is kept.
    private void End(State? state)
    {
        lock (_lock)
        {
            Volatile.Write(ref _state, state);
            _running = null;
        }
    }

    private sealed class State(EmbeddedScopeIndex index, ScopeVersion at)
    {
        public EmbeddedScopeIndex Index { get; } = index;

        public ScopeVersion At { get; } = at;

        /// <summary>When it was last seen to be what the scope is.</summary>
        public long SeenAt { get; set; }
    }
}
