using ChatApp.Api.Database;
using Npgsql;

namespace ChatApp.Api.Turns.Events;

/// <summary>Looks after turns whose readers were let in before, many at once.</summary>
internal sealed class FollowedTurnStore(NpgsqlDataSource database)
{
    /// <summary>How far these turns are; one that is left out was deleted.</summary>
    public Task<List<Progress>> ProgressAsync(Guid[] ids, CancellationToken cancellationToken)
    {
        const string sql = """
            SELECT id, event_seq, status IN ('completed', 'failed', 'cancelled') AS has_ended FROM turns WHERE id = ANY(@ids)
            """;
        return database.ListAsync<Progress>(sql, new { ids }, cancellationToken);
    }

    /// <summary>These turns with their text; one that is left out was deleted.</summary>
    public Task<List<TurnRow>> FindAsync(Guid[] ids, CancellationToken cancellationToken) =>
        database.ListAsync<TurnRow>($"{TurnRow.Select} WHERE t.id = ANY(@ids)", new { ids }, cancellationToken);

    /// <summary>How far one turn is.</summary>
    internal sealed record Progress
    {
        public Guid Id { get; init; }

        public long EventSeq { get; init; }

        public bool HasEnded { get; init; }
    }
}
