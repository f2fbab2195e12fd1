using ChatApp.Api.Errors;

namespace ChatApp.Api.Limits.Attempts;

/// <summary>
/// Keeps people from guessing. An attempt counts as failed from its beginning until it is told to have succeeded, so that a thousand at
/// the same moment are no more than ten after each other. Accounts that do not exist are counted like those that do.
/// </summary>
internal interface IAttemptLimiter
{
    /// <summary>Begins an attempt.</summary>
    /// <param name="kind">What is attempted.</param>
    /// <param name="context">The request, for its address.</param>
    /// <param name="account">Whose account: an e-mail address as it was typed, an id, or null where nothing names one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null when it may be made; otherwise the answer, which says nothing of the account.</returns>
    Task<RetryLaterResult?> BeginAsync(AttemptKind kind, HttpContext context, string? account, CancellationToken cancellationToken);

    /// <summary>The attempt was good: what was counted for the account is forgotten, and this attempt at its address.</summary>
    /// <param name="kind">What was attempted.</param>
    /// <param name="context">The request.</param>
    /// <param name="account">As it was begun with.</param>
    Task SucceededAsync(AttemptKind kind, HttpContext context, string? account);

    /// <summary>The attempt came to nothing, for reasons of ours: it does not count.</summary>
    /// <param name="kind">What was attempted.</param>
    /// <param name="context">The request.</param>
    /// <param name="account">As it was begun with.</param>
    Task UndoAsync(AttemptKind kind, HttpContext context, string? account);
}
