using ChatApp.Api.Accounts;
using ChatApp.Api.Database;
using ChatApp.Api.Moderation.Judging;
using ChatApp.Api.Moderation.Log;
using ChatApp.Api.Moderation.Policies;
using Npgsql;

namespace ChatApp.Api.Moderation.Input;

/// <summary>
/// Has messages judged where they are posted, by the detectors that answer at once: what is blocked is never stored as a message. What is
/// only to be flagged is found again by the turn's worker, which has the message's id.
/// </summary>
internal sealed class PostedTextGate(NpgsqlDataSource database, TextJudge judge, PolicyCache policies, ModerationLog log, ModerationNotices notices)
{
    /// <summary>Judges a message.</summary>
    /// <param name="userId">Who says it.</param>
    /// <param name="role">Their role.</param>
    /// <param name="conversationId">Where; perhaps not theirs, or not there at all.</param>
    /// <param name="text">What they say.</param>
    /// <param name="cancellationToken">Ends the wait for the database, which is asked only when something was found.</param>
    public async ValueTask<PostedText> JudgeAsync(Guid userId, UserRole role, Guid conversationId, string text, CancellationToken cancellationToken)
    {
        var about = new ModeratedText(text, ModerationSource.Message, userId) { ConversationId = conversationId };
        var snapshot = policies.Current;
        // Whom they talk with is not known yet. Where nothing is found it does not matter.
        var judgement = await judge.JudgeAsync(about, snapshot.ForAnyCharacter(role), DetectorKind.Immediate, cancellationToken);
        if (judgement.Decisive is null)
        {
            return new PostedText(text);
        }

        if (await CharacterAsync(userId, conversationId, cancellationToken) is not { } characterId)
        {
            // Taking it in says that there is no such conversation.
            return new PostedText(text);
        }

        judgement = await judge.JudgeAsync(about, snapshot.For(role, characterId), DetectorKind.Immediate, cancellationToken);
        if (judgement.Decisive is not { Action: >= ModerationAction.Redact } decisive || await log.IsApprovedAsync(userId, text, cancellationToken))
        {
            return new PostedText(text);
        }

        var decision = ModerationDecision.Of(decisive, text, ModerationSource.Message, userId) with
        {
            CharacterId = characterId,
            ConversationId = conversationId,
            Original = ModerationDecision.Storable(text),
            TextHash = ModerationDecision.Hash(text),
        };
        if (decisive.Action == ModerationAction.Redact)
        {
            return new PostedText(judgement.Text, Decision: decision);
        }

        await log.AddAsync([decision], cancellationToken);
        return new PostedText("", BlockedProblem.Of(notices.Blocked(ModerationSource.Message, decisive), decisive.Category, decision.Id));
    }

    /// <summary>Keeps what was decided about a message that was taken.</summary>
    public Task KeepAsync(ModerationDecision decision, Guid turnId, Guid messageId, CancellationToken cancellationToken) =>
        log.AddAsync([decision with { TurnId = turnId, MessageId = messageId }], cancellationToken);

    private Task<Guid?> CharacterAsync(Guid userId, Guid conversationId, CancellationToken cancellationToken) => database.FirstOrDefaultAsync<Guid?>(
        "SELECT character_id FROM conversations WHERE id = @conversationId AND user_id = @userId", new { conversationId, userId }, cancellationToken);
}
