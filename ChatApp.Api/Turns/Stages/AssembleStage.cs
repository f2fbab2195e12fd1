using ChatApp.Api.Prompting;

namespace ChatApp.Api.Turns.Stages;

/// <summary>Puts together what the model reads: the character, what was said, and the newest message.</summary>
internal sealed class AssembleStage(PromptStore store, PromptAssembler assembler) : ITurnStage
{
    public string Name => "assemble";

    public async Task RunAsync(TurnContext context, CancellationToken cancellationToken)
    {
        var source = await store.LoadAsync(context.Turn.ConversationId, context.Turn.UserMessageId, cancellationToken);
        var prompt = await assembler.AssembleAsync(source, cancellationToken);
        context.Model = prompt.Model;
        context.Prompt = prompt.Messages;
        context.Options = prompt.Options;
    }
}
