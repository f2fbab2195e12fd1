using Microsoft.Extensions.Options;
using Npgsql;

namespace ChatApp.Api.Moderation.Policies;

/// <summary>The policies as this process knows them: what others change is followed within the interval, while the database is there.</summary>
internal sealed partial class PolicyCache(
    PolicyStore policies, DatabaseReadiness database, IOptions<ModerationOptions> options, TimeProvider time, ILogger<PolicyCache> logger) : BackgroundService
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private PolicySnapshot _current = new(0, []);

    /// <summary>What holds. Until it was read for the first time, what the service comes with.</summary>
    public PolicySnapshot Current => Volatile.Read(ref _current);

    /// <summary>Reads what has changed.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            // The number first: what is added in between is read again next time.
            var seq = await policies.NewestSeqAsync(cancellationToken);
            if (seq != Current.Seq)
            {
                Volatile.Write(ref _current, new PolicySnapshot(seq, await policies.ListAsync(cancellationToken)));
            }
        }
        finally
        {
            _one.Release();
        }
    }

    public override void Dispose()
    {
        _one.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await database.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(options.Value.PolicyInterval, time);
        try
        {
            do
            {
                try
                {
                    await RefreshAsync(stoppingToken);
                }
                catch (NpgsqlException exception)
                {
                    LogAway(exception.Message);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Nobody asks any more.
        }
    }

    [LoggerMessage(LogLevel.Warning, "The moderation policies could not be read; what was read last holds: {Reason}")]
    private partial void LogAway(string reason);
}
