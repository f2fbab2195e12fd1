using ChatApp.Api.Turns.Running;
using Microsoft.Extensions.AI;

namespace ChatApp.Api.Turns.Stages;

/// <summary>
/// Goes on from the text that is there already: of an attempt that was cut off, or of the answer that this one continues. The
/// text becomes the prompt's last message, which an engine that prefills takes as its own beginning.
/// </summary>
internal sealed class ResumeStage : ITurnStage
{
    public string Name => "resume";

    public async Task RunAsync(TurnContext context, CancellationToken cancellationToken)
    {
        var text = context.Answer.State.Text;
        if (text.Length == 0)
        {
            return;
        }

        if (context.Model.Prefills)
        {
            context.Prompt = [.. context.Prompt, new ChatMessage(ChatRole.Assistant, text)];
            context.EarlierTokens = (int)Math.Ceiling((text.Length - context.Answer.GivenLength) / context.Model.CharactersPerToken);
            context.Options.MaxOutputTokens -= context.EarlierTokens;
        }
        else if (context.Answer.GivenLength > 0)
        {
            throw new TurnFailedException(TurnFailure.CannotContinue(context.Model.Name));
        }
        else
        {
            await context.Answer.RestartAsync("", cancellationToken);
        }
    }
}
