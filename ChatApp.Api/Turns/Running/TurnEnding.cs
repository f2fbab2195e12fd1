using ChatApp.Api.Limits.Tokens;
using ChatApp.Api.Turns.Events;
using ChatApp.Api.Turns.Stages;
using Npgsql;

namespace ChatApp.Api.Turns.Running;

/// <summary>Ends a turn: first in Postgres, then for its readers. Whatever happens in between, nobody hears of an end that is not saved.</summary>
internal sealed partial class TurnEnding(
    AnswerStore answers, TokenSettlement settlement, TurnTelemetry telemetry, TimeProvider time, ILogger<TurnEnding> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(500);

    /// <summary>Ends the turn as <paramref name="outcome"/> says. A turn that is another's by now is left alone.</summary>
    public async Task EndAsync(TurnContext context, TurnOutcome outcome)
    {
        var answer = context.Answer.State;
        var usage = context.Usage;
        // What was blocked leaves nothing behind: an event of its own takes away what readers have.
        var block = outcome.Block;
        var ended = new AnswerState(answer.Seq + (block is null ? 0 : 1) + (usage is null ? 1 : 2), block is null ? answer.Text : "");
        var moderated = block is null ? null : StoredTurnEvents.ModeratedData(block.Category, block.Notice);
        if (!await SaveAsync(new AnswerEnd(context.Turn, ended, outcome, usage) { Moderated = moderated, ModeratedSeq = answer.Seq + 1, Decisions = context.Moderation?.Unkept ?? [] }))
        {
            telemetry.Ended("lost");
            return;
        }

        var row = new TurnRow
        {
            Id = context.Turn.Id,
            Status = outcome.Status,
            AssistantMessageId = context.Turn.AssistantMessageId,
            EventSeq = ended.Seq,
            RestartSeq = block is null ? 0 : answer.Seq + 1,
            Moderated = moderated,
            FinishReason = outcome.FinishReason,
            ErrorCode = outcome.Failure?.Code,
            ErrorDetail = outcome.Failure?.Detail,
            InputTokens = usage?.InputTokens,
            OutputTokens = usage?.OutputTokens,
            TimeToFirstTokenMs = usage?.TimeToFirstTokenMs,
            TokensPerSecond = usage?.TokensPerSecond,
            Text = ended.Text,
        };
        foreach (var turnEvent in StoredTurnEvents.After(new EventCursor(answer.Seq, answer.Text.Length), row))
        {
            await context.Answer.SendAsync(turnEvent);
        }

        await settlement.SettleAsync(context.Turn.Id);
        telemetry.Ended(OutcomeName(outcome.Status), outcome.Failure?.Code);
        LogEnded(context.Turn.Id, outcome.Status, outcome.Failure?.Code, ended.Text.Length, usage?.TimeToFirstTokenMs);
    }

    private async Task<bool> SaveAsync(AnswerEnd end)
    {
        var begun = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await answers.FinishAsync(end, CancellationToken.None);
            }
            catch (NpgsqlException exception) when (time.GetElapsedTime(begun) < Patience)
            {
                // A whole answer is worth waiting for a database that restarts.
                LogNotSaved(end.Turn.Id, exception.Message);
                await Task.Delay(RetryDelay, time, CancellationToken.None);
            }
        }
    }

    private static string OutcomeName(TurnStatus status) => status switch
    {
        TurnStatus.Completed => "completed",
        TurnStatus.Cancelled => "cancelled",
        _ => "failed",
    };

    [LoggerMessage(LogLevel.Information, "Turn {TurnId} ended: {Status} {ErrorCode}, {Length} characters, first after {FirstTokenMs} ms")]
    private partial void LogEnded(Guid turnId, TurnStatus status, string? errorCode, int length, double? firstTokenMs);

    [LoggerMessage(LogLevel.Warning, "The end of turn {TurnId} could not be saved yet: {Reason}")]
    private partial void LogNotSaved(Guid turnId, string reason);
}
