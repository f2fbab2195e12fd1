using ChatApp.Api.Accounts;
using ChatApp.Api.Conversations;
using ChatApp.Api.Database;
using ChatApp.Api.Moderation.Answers;
using ChatApp.Api.Moderation.Judging;
using ChatApp.Api.Moderation.Log;
using ChatApp.Api.Moderation.Policies;
using ChatApp.Api.Turns.Running;
using Npgsql;

namespace ChatApp.Api.Moderation.Input;

/// <summary>Judges what was said in a turn, in the worker that has it.</summary>
internal sealed class TurnInput(NpgsqlDataSource database, TextJudge judge, PolicyCache policies, ModerationLog log, ModerationNotices notices)
{
    /// <summary>Reads what was said, and what holds for it.</summary>
    public async Task<SaidMessage> LoadAsync(ClaimedTurn turn, CancellationToken cancellationToken)
    {
        const string sql = """
            SELECT c.user_id, c.character_id, u.role, m.text, t.kind IN ('message', 'edit') AND t.recall IS NULL AS is_new
            FROM turns t
            JOIN messages m ON m.id = t.user_message_id
            JOIN conversations c ON c.id = t.conversation_id
            JOIN users u ON u.id = c.user_id
            WHERE t.id = @Id
            """;
        // A turn without a row was deleted just now; whatever is written for it goes nowhere.
        var row = await database.FirstOrDefaultAsync<Row>(sql, new { turn.Id }, cancellationToken) ?? new Row();
        return new SaidMessage(row.Text, row.UserId, row.CharacterId, policies.Current.For(row.Role, row.CharacterId), row.IsNew);
    }

    /// <summary>Has it judged by all detectors that the policy wants, and keeps what is to be kept.</summary>
    public async Task<InputVerdict> JudgeAsync(ClaimedTurn turn, SaidMessage said, CancellationToken cancellationToken)
    {
        var about = new ModeratedText(said.Text, ModerationSource.Message, said.UserId) { ConversationId = turn.ConversationId, TurnId = turn.Id };
        var judgement = await judge.JudgeAsync(about, said.Policy, DetectorKind.All, cancellationToken);
        var notice = judgement.AsksForHelp ? notices.Help : null;
        if (judgement.Decisive is not { } decisive)
        {
            return new InputVerdict();
        }

        if (decisive.Action >= ModerationAction.Redact && await log.IsApprovedAsync(said.UserId, said.Text, cancellationToken))
        {
            return new InputVerdict(Notice: notice);
        }

        if (decisive.Action == ModerationAction.Block)
        {
            // What nobody could tell may be told by another attempt.
            return decisive.IsUnavailable
                ? new InputVerdict(IsUnknown: true)
                : new InputVerdict(new TurnBlock(
                    ModerationSource.Message, decisive.Category, notices.Blocked(ModerationSource.Message, decisive), Decision(decisive, turn, said)));
        }

        if (decisive.Action == ModerationAction.Redact)
        {
            await RedactAsync(turn, said, judgement, Decision(decisive, turn, said), cancellationToken);
        }
        else
        {
            await log.AddAsync([.. judgement.Findings.Select(f => Decision(f, turn, said))], cancellationToken);
        }

        return new InputVerdict(Notice: notice);
    }

    private async Task RedactAsync(ClaimedTurn turn, SaidMessage said, Judgement judgement, ModerationDecision decision, CancellationToken cancellationToken)
    {
        const string sql = $"""
            WITH turn AS (
                SELECT id, conversation_id, user_message_id FROM turns WHERE id = @Id AND attempt = @Attempt AND status = 'running' FOR UPDATE),
            decided AS ({ModerationLog.Insert} WHERE EXISTS (SELECT FROM turn) {ModerationLog.Once}),
            titled AS (
                UPDATE conversations SET title = @newTitle FROM turn
                WHERE conversations.id = turn.conversation_id AND conversations.title = @title)
            UPDATE messages SET text = @Text FROM turn WHERE messages.id = turn.user_message_id
            """;
        var parameters = new
        {
            turn.Id,
            turn.Attempt,
            judgement.Text,
            decisions = ModerationLog.Write([decision]),
            title = ConversationTitle.From(said.Text),
            newTitle = ConversationTitle.From(judgement.Text),
        };
        await database.ExecuteAsync(sql, parameters, cancellationToken);
    }

    private static ModerationDecision Decision(Finding finding, ClaimedTurn turn, SaidMessage said) =>
        ModerationDecision.Of(finding, said.Text, ModerationSource.Message, said.UserId) with
        {
            CharacterId = said.CharacterId,
            ConversationId = turn.ConversationId,
            MessageId = turn.UserMessageId,
            TurnId = turn.Id,
            Original = finding.Action >= ModerationAction.Redact ? ModerationDecision.Storable(said.Text) : null,
            TextHash = ModerationDecision.Hash(said.Text),
        };

    private sealed record Row
    {
        public Guid UserId { get; init; }

        public Guid CharacterId { get; init; }

        public UserRole Role { get; init; }

        public string Text { get; init; } = "";

        public bool IsNew { get; init; }
    }
}
