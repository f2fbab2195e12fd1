using ChatApp.Api.Accounts;
using ChatApp.Api.Moderation.Log;
using ChatApp.Api.Moderation.Policies;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatApp.Api.Moderation.Judging;

/// <summary>Has names, titles and notes judged where they are written, by the detectors that answer at once.</summary>
internal sealed class WrittenText(TextJudge judge, PolicyCache policies, ModerationLog log, ModerationNotices notices)
{
    /// <summary>What somebody is told whose text is not taken; a name or a note of which a part would be covered is not taken either.</summary>
    /// <param name="source">What it is.</param>
    /// <param name="text">What they wrote.</param>
    /// <param name="userId">Who; null for somebody who has no account yet.</param>
    /// <param name="role">Their role.</param>
    /// <param name="characterId">The character that it is for; null for none.</param>
    /// <param name="cancellationToken">Ends the wait for the database, which is asked only when something was found.</param>
    /// <returns>Null when it may be taken.</returns>
    public async ValueTask<ProblemHttpResult?> RefusalAsync(
        ModerationSource source, string text, Guid? userId, UserRole role, Guid? characterId, CancellationToken cancellationToken)
    {
        var about = new ModeratedText(text, source, userId ?? Guid.Empty);
        var judgement = await judge.JudgeAsync(about, policies.Current.For(role, characterId), DetectorKind.Immediate, cancellationToken);
        if (judgement.Decisive is not { } decisive)
        {
            return null;
        }

        var isRefused = decisive.Action >= ModerationAction.Redact && !(userId is { } known && await log.IsApprovedAsync(known, text, cancellationToken));
        if (isRefused)
        {
            decisive = decisive with { Rule = decisive.Rule with { Action = ModerationAction.Block } };
        }
        else if (decisive.Action != ModerationAction.Flag)
        {
            return null;
        }

        var decision = ModerationDecision.Of(decisive, text, source, userId) with
        {
            CharacterId = characterId,
            Original = isRefused ? ModerationDecision.Storable(text) : null,
            TextHash = userId is null ? null : ModerationDecision.Hash(text),
        };
        await log.AddAsync([decision], cancellationToken);
        return isRefused ? BlockedProblem.Of(notices.Blocked(source, decisive), decisive.Category, decision.Id) : null;
    }
}
