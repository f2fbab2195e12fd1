using ChatApp.Api.Prompting;
using ChatApp.Api.Prompting.Kept;

namespace ChatApp.Api.Turns.Stages;

/// <summary>Puts together what the model reads: the character, what was said, what was recalled, and the newest message.</summary>
internal sealed class AssembleStage(PromptStore store, TurnPromptStore kept, PromptAssembler assembler) : ITurnStage
{
    public string Name => "assemble";

    public async Task RunAsync(TurnContext context, CancellationToken cancellationToken)
    {
        var plan = context.Plan ?? throw new InvalidOperationException("Nothing was recalled before.");
        var prompt = await assembler.AssembleAsync(context.Turn.Id, plan, context.Recall, cancellationToken);
        context.Model = prompt.Model;
        context.Prompt = [.. prompt.Messages.Select(static m => m.ToChatMessage())];
        context.Options = prompt.Options;

        // What there is of the answer becomes the prompt's last message when its engine goes on from it.
        var given = prompt.Model.Prefills ? context.Answer.State.Text : "";
        await kept.SaveAsync(context.Turn, prompt with { Parts = prompt.Parts with { Given = given } }, cancellationToken);
        if (plan.SummaryDueThrough is { } through && plan.Model.Summarizes)
        {
            await store.WishSummaryAsync(context.Turn.ConversationId, through, cancellationToken);
        }
    }
}
