using ChatApp.Api.Background;
using Microsoft.Extensions.Options;

namespace ChatApp.Api.Knowledge.Reading;

/// <summary>Reads documents as they come, a few at a time.</summary>
internal sealed class DocumentWork(
    DocumentQueue queue,
    DocumentReader reader,
    IOptions<KnowledgeOptions> options,
    DatabaseReadiness database,
    TimeProvider time,
    ILogger<DocumentWork> logger) : DurableWork(database, time, logger)
{
    private readonly TimeProvider _time = time;
    private int _reading;

    /// <inheritdoc/>
    protected override TimeSpan Interval => options.Value.PollInterval;

    /// <inheritdoc/>
    protected override async Task<int> PassAsync(CancellationToken stoppingToken)
    {
        var done = await Task.WhenAll(Enumerable.Range(0, options.Value.Concurrency).Select(_ => LaneAsync(stoppingToken)));
        return done.Sum();
    }

    // A pass lasts as long as any lane has work, so that a long document does not keep the short ones behind it.
    private async Task<int> LaneAsync(CancellationToken stoppingToken)
    {
        var done = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            if (await queue.ClaimAsync(stoppingToken) is { } claim)
            {
                Interlocked.Increment(ref _reading);
                try
                {
                    await reader.ReadAsync(claim, stoppingToken);
                }
                finally
                {
                    Interlocked.Decrement(ref _reading);
                }

                done++;
            }
            else if (Volatile.Read(ref _reading) == 0)
            {
                break;
            }
            else
            {
                await Task.Delay(options.Value.PollInterval, _time, stoppingToken);
            }
        }

        return done;
    }
}
