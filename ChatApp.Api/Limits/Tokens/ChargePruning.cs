using ChatApp.Api.Background;
using Microsoft.Extensions.Options;

namespace ChatApp.Api.Limits.Tokens;

/// <summary>Deletes what turns of long ago took.</summary>
internal sealed class ChargePruning(
    TokenChargeStore charges, IOptions<LimitOptions> options, DatabaseReadiness database, TimeProvider time, ILogger<ChargePruning> logger)
    : DurableWork(database, time, logger)
{
    private const int MostAtOnce = 1000;

    protected override TimeSpan Interval => TimeSpan.FromHours(1);

    protected override Task<int> PassAsync(CancellationToken stoppingToken) => charges.PruneAsync(options.Value.KeepCharges, MostAtOnce, stoppingToken);
}
