using ChatApp.Api.Moderation.Answers;
using ChatApp.Api.Moderation.Input;
using ChatApp.Api.Turns.Running;

namespace ChatApp.Api.Turns.Stages;

/// <summary>Has the message judged before anything is done with it, by all detectors that the policy wants. What is blocked ends the turn.</summary>
internal sealed class ModerateStage(TurnInput input) : ITurnStage
{
    public string Name => "moderate";

    public async Task RunAsync(TurnContext context, CancellationToken cancellationToken)
    {
        var said = await input.LoadAsync(context.Turn, cancellationToken);
        context.Moderation = new TurnModeration(said.Policy, said.UserId, said.CharacterId, said.Text);
        if (!said.IsNew)
        {
            // Another answer to a message that was judged with its first one, or another attempt at this.
            return;
        }

        var verdict = await input.JudgeAsync(context.Turn, said, cancellationToken);
        if (verdict.IsUnknown)
        {
            throw new TurnFailedException(TurnFailure.NotModerated());
        }

        if (verdict.Block is { } block)
        {
            throw new TurnBlockedException(block);
        }

        context.Moderation.Notice = verdict.Notice;
    }
}
