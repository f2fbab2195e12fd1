using Npgsql;

namespace ChatApp.Api.Limits.Tokens;

/// <summary>
/// Tells the counters what a turn took in the end. Postgres has settled the charge together with the turn; a process that goes away
/// before this leaves the counter with the estimate, which is the higher one.
/// </summary>
internal sealed partial class TokenSettlement(TokenChargeStore charges, QuotaCounters counters, ILogger<TokenSettlement> logger)
{
    /// <summary>To be called when the turn's end is saved. It never throws.</summary>
    public async Task SettleAsync(Guid turnId)
    {
        try
        {
            if (await charges.FindSettledAsync(turnId, CancellationToken.None) is { } charge)
            {
                await counters.SettleAsync(turnId, charge);
            }
        }
        catch (NpgsqlException exception)
        {
            LogNotSettled(turnId, exception.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The quotas of turn {TurnId} stay with its estimate: {Reason}")]
    private partial void LogNotSettled(Guid turnId, string reason);
}
