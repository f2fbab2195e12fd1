using System.Collections.Frozen;
using Npgsql;

namespace ChatApp.Api.Limits.People;

/// <summary>
/// The limits that administrators gave people, in memory: a request asks for them and waits for no database. A change is known at once
/// to the process that made it, and to the others within two seconds.
/// </summary>
internal sealed partial class PersonLimitBook(
    PersonLimitStore store, DatabaseReadiness database, TimeProvider time, ILogger<PersonLimitBook> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private FrozenDictionary<Guid, PersonLimits> _limits = FrozenDictionary<Guid, PersonLimits>.Empty;
    private string _mark = "";

    /// <summary>What a person was given; null when nothing was.</summary>
    public PersonLimits? Find(Guid userId) => Volatile.Read(ref _limits).GetValueOrDefault(userId);

    /// <summary>Takes in what has changed.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        // The mark first: what changes between the two is found the next time.
        var mark = await store.MarkAsync(cancellationToken);
        if (!string.Equals(mark, Volatile.Read(ref _mark), StringComparison.Ordinal))
        {
            var limits = (await store.ListAsync(cancellationToken)).ToFrozenDictionary(static l => l.UserId);
            Volatile.Write(ref _limits, limits);
            Volatile.Write(ref _mark, mark);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await database.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RefreshAsync(stoppingToken);
            }
            catch (NpgsqlException exception)
            {
                // What was known stays known.
                LogAway(exception.Message);
            }

            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The limits of people could not be looked at: {Reason}")]
    private partial void LogAway(string reason);
}
