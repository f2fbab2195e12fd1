using ChatApp.Api.Background;
using Microsoft.Extensions.Options;

namespace ChatApp.Api.Prompting.Kept;

/// <summary>Deletes prompts that were kept for long enough.</summary>
internal sealed class PromptPruning(
    TurnPromptStore prompts, IOptions<PromptOptions> options, DatabaseReadiness database, TimeProvider time, ILogger<PromptPruning> logger)
    : DurableWork(database, time, logger)
{
    private const int MostAtOnce = 1000;

    protected override TimeSpan Interval => TimeSpan.FromMinutes(10);

    protected override Task<int> PassAsync(CancellationToken stoppingToken) => prompts.PruneAsync(options.Value.Retention, MostAtOnce, stoppingToken);
}
