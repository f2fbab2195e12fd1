using ChatApp.Api.Background;

namespace ChatApp.Api.Accounts.Tokens;

/// <summary>Keeps the ring as the table is. A key is in the table long before it signs, so a minute is soon enough.</summary>
internal sealed class SigningKeyRotation(SigningKeyRing ring, DatabaseReadiness database, TimeProvider time, ILogger<SigningKeyRotation> logger)
    : DurableWork(database, time, logger)
{
    protected override TimeSpan Interval => TimeSpan.FromMinutes(1);

    protected override async Task<int> PassAsync(CancellationToken stoppingToken)
    {
        await ring.ReadAsync(stoppingToken);
        return 0;
    }
}
