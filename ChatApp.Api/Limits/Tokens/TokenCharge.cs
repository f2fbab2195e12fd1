namespace ChatApp.Api.Limits.Tokens;

/// <summary>What a turn is expected to take, and whose quotas it takes it from.</summary>
/// <param name="UserId">Who asked.</param>
/// <param name="KeyId">With which API key; null for none.</param>
/// <param name="Role">The person's role, as it is stored.</param>
/// <param name="Day">Of which day, UTC.</param>
/// <param name="InputEstimate">Tokens that the prompt is taken to have.</param>
/// <param name="OutputEstimate">Tokens that the answer is taken to have.</param>
internal sealed record TokenCharge(Guid UserId, Guid? KeyId, string Role, DateOnly Day, int InputEstimate, int OutputEstimate)
{
    public long Estimate => (long)InputEstimate + OutputEstimate;
}
