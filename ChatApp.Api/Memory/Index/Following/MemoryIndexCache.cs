namespace ChatApp.Api.Memory.Index.Following;

/// <summary>What answers at the moment, without asking Postgres for each search.</summary>
internal sealed class MemoryIndexCache(MemoryIndexStore store, MemoryIndexKind kind, TimeProvider time)
{
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(5);

    private Read? _read;

    /// <summary>The row; null when there is none that this process can use.</summary>
    public async Task<MemoryIndexRow?> GetAsync(CancellationToken cancellationToken)
    {
        if (_read is { Row.Collection: not null } read && time.GetElapsedTime(read.At) < Age)
        {
            return read.Row;
        }

        var row = await store.FindAsync(cancellationToken);
        row = row?.MadeWith == kind.MadeWith ? row : null;
        _read = new Read(row, time.GetTimestamp());
        return row;
    }

    /// <summary>What it says is no longer so.</summary>
    public void Forget() => _read = null;

    private sealed record Read(MemoryIndexRow? Row, long At);
}
