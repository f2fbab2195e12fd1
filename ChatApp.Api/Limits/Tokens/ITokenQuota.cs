using System.Security.Claims;

namespace ChatApp.Api.Limits.Tokens;

/// <summary>The tokens that people, keys and roles have in a day.</summary>
internal interface ITokenQuota
{
    /// <summary>What a turn would be charged, taken from all quotas that it comes under. It is to be accepted with the charge, or given back.</summary>
    /// <param name="principal">Who asks.</param>
    /// <param name="conversationId">Where.</param>
    /// <param name="text">What is said; null where only the character speaks.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<QuotaTaking> TakeAsync(ClaimsPrincipal principal, Guid conversationId, string? text, CancellationToken cancellationToken);

    /// <summary>Gives back what was taken for a turn that was not accepted.</summary>
    Task GiveBackAsync(QuotaTaking taking);

    /// <summary>Has it counted anew, for a turn of which nobody knows whether it was accepted.</summary>
    Task RecountAsync(QuotaTaking taking);
}
