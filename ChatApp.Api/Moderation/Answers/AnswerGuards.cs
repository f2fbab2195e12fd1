using ChatApp.Api.Moderation.Judging;
using ChatApp.Api.Moderation.Log;
using ChatApp.Api.Turns.Stages;
using Microsoft.Extensions.Options;

namespace ChatApp.Api.Moderation.Answers;

/// <summary>Makes the guard of an answer.</summary>
internal sealed class AnswerGuards(TextJudge judge, ModerationLog log, ModerationNotices notices, IOptions<ModerationOptions> options)
{
    /// <summary>Of the attempt that begins now, with what there is of the answer.</summary>
    public AnswerGuard For(TurnContext context) => new(
        context, context.Moderation ?? throw new InvalidOperationException("The turn's message was not judged before."), judge, log, notices, options);
}
